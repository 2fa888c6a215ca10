using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Server.Callers;

namespace Chat.Server.Transports;

/// <summary>Whom the server takes a caller for, as it is told.</summary>
internal static class CallerIdentities
{
    public static CallerIdentity Of(Caller caller, TimeProvider time) => new(
        caller.Id, caller.Tenant.Name, caller.Name, CallerRoleNames.Of(caller.Roles),
        caller.ExpiresAt is { } end ? Math.Max(0, (long)(end - time.GetUtcNow()).TotalSeconds) : null);

    /// <summary>The keys of raw frames and REST.</summary>
    public static void Write(Utf8JsonWriter writer, JsonNames names, CallerIdentity identity)
    {
        writer.WriteString(names.UserId, identity.UserId.Value);
        writer.WriteString("tenant"u8, identity.Tenant);
        writer.WriteString("name"u8, identity.Name);
        writer.WriteStartArray("roles"u8);
        foreach (var role in identity.Roles) writer.WriteStringValue(role);
        writer.WriteEndArray();
        WriteExpiry(writer, names, identity);
    }

    public static void WriteExpiry(Utf8JsonWriter writer, JsonNames names, CallerIdentity identity)
    {
        if (identity.ExpiresInSeconds is { } seconds) writer.WriteNumber(names.ExpiresInSeconds, seconds);
        else writer.WriteNull(names.ExpiresInSeconds);
    }
}
