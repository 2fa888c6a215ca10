using System.Text.Json;
using Chat.Server.Keys.Store;
using Chat.Server.Transports;

namespace Chat.Server.Keys.Api;

/// <summary>What answers say of keys and tokens alike.</summary>
internal static class CredentialJson
{
    private static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expires_at"),
        RevokedAt = JsonEncodedText.Encode("revoked_at");

    public static void WriteEnds(Utf8JsonWriter writer, CredentialRow row)
    {
        EntryJson.WriteTimeOrNull(writer, ExpiresAt, row.ExpiresAt);
        EntryJson.WriteTimeOrNull(writer, RevokedAt, row.RevokedAt);
    }
}
