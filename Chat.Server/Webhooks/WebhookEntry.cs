using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Server.Callers;
using Chat.Server.Transports;

namespace Chat.Server.Webhooks;

/// <summary>An entry as it is posted.</summary>
internal static class WebhookEntry
{
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    private static readonly Dictionary<EntryKind, string> Types = Enum.GetValues<EntryKind>().ToDictionary(
        kind => kind, kind => "entry." + JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()));

    /// <summary>The same whenever it is posted: so receivers know it again.</summary>
    public static string IdOf(ConversationEntry entry) => $"{entry.ConversationId.Value:N}-{entry.Sequence}";

    /// <summary>What happened, when, whose it is unless of the default tenant, and the entry as the hub has it.
    /// </summary>
    public static ReadOnlyMemory<byte> ToJson(ConversationEntry entry, Tenant tenant)
    {
        var output = new ArrayBufferWriter<byte>(512);
        var writer = EntryJson.WriterFor(output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, Types[entry.Kind]);
        EntryJson.WriteTime(writer, Timestamp, entry.CreatedAt);
        if (tenant != Tenant.Default) writer.WriteString("tenant"u8, tenant.Name);
        writer.WritePropertyName("data"u8);
        JsonSerializer.Serialize(writer, entry, ChatJsonContext.Default.ConversationEntry);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }
}
