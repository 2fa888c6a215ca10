using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Transports;

namespace Chat.Server.Webhooks.Api;

/// <summary>The body that has something told again, as it was written.</summary>
internal struct RestReplay
{
    private static readonly JsonFields.FieldReader<RestReplay> ReadField = TryReadField;

    public string? From, Conversation;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestReplay Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestReplay replay, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("from"u8)) replay.From = JsonFields.ReadText(ref reader, new ChatField("from"));
        else if (reader.ValueTextEquals("conversation_id"u8) || reader.ValueTextEquals("conversationId"u8))
            replay.Conversation = JsonFields.ReadText(ref reader, ChatField.ConversationId);
        else return false;
        return true;
    }
}
