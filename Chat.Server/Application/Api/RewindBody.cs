using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;
using Chat.Server.Transports;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Application.Api;

/// <summary>The body that moves an observer, as it was written.</summary>
internal struct RewindBody
{
    private static readonly JsonFields.FieldReader<RewindBody> ReadField = TryReadField;

    private string? _observer, _to, _conversation;

    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RewindBody Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    /// <summary>The name of one.</summary>
    /// <exception cref="ChatException">It is left out.</exception>
    public readonly string Observer => _observer ?? throw ChatException.BadRequest("observer must name one");

    /// <summary>Null: all.</summary>
    public readonly ConversationId? Only => _conversation is null ? null : ChatEndpoints.ConversationOf(_conversation);

    /// <exception cref="ChatException">It is no place in the log.</exception>
    public readonly ChatStart ToStart() => ChatStart.Parse(_to)
        ?? throw ChatException.BadRequest("to must be now, beginning or a time such as 2025-01-01T12:00:00Z");

    private static bool TryReadField(ref Utf8JsonReader reader, ref RewindBody body, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("observer"u8))
            body._observer = JsonFields.ReadText(ref reader, new ChatField("observer"));
        else if (reader.ValueTextEquals("to"u8)) body._to = JsonFields.ReadText(ref reader, new ChatField("to"));
        else if (reader.ValueTextEquals("conversation_id"u8))
            body._conversation = JsonFields.ReadText(ref reader, ChatField.ConversationId);
        else return false;
        return true;
    }
}
