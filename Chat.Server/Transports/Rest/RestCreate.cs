using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.Rest;

/// <summary>The body that makes a conversation, as it was written.</summary>
internal struct RestCreate
{
    private static readonly JsonFields.FieldReader<RestCreate> ReadField = TryReadField;

    public List<string>? ParticipantIds;

    private string? _kind, _title;

    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestCreate Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public readonly CreateConversation ToCommand() => new()
    {
        ParticipantIds = UserNames.Parse(ParticipantIds, ChatField.ParticipantIds), Title = _title,
        Kind = _kind switch
        {
            null or "group" => ConversationKind.Group,
            "direct" => ConversationKind.Direct,
            _ => throw new ChatException(
                new RuleViolation(ChatField.Kind, $"{ChatField.Kind} must be group or direct")),
        },
    };

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestCreate command, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("participant_ids"u8) || reader.ValueTextEquals("participantIds"u8))
            command.ParticipantIds = JsonFields.ReadTexts(ref reader, ChatField.ParticipantIds);
        else if (reader.ValueTextEquals("kind"u8)) command._kind = JsonFields.ReadText(ref reader, ChatField.Kind);
        else if (reader.ValueTextEquals("title"u8)) command._title = JsonFields.ReadText(ref reader, ChatField.Title);
        else return false;
        return true;
    }
}
