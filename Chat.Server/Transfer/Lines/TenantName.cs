using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Json;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>A tenant as its name.</summary>
internal sealed class TenantName : JsonConverter<Tenant>
{
    public override Tenant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Tenant.TryCreate(reader.GetString(), out var tenant)
            ? tenant
            : throw new InvalidValueException($"a tenant must have {Tenant.Rule}");

    public override void Write(Utf8JsonWriter writer, Tenant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
