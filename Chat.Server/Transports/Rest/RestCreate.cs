using System.Text.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports.Rest;

/// <summary>The body that makes a conversation, as it was written.</summary>
internal struct RestCreate
{
    private static readonly JsonFields.FieldReader<RestCreate> ReadField = TryReadField;

    public List<string>? ParticipantIds;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestCreate Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestCreate command, ReadOnlySpan<byte> json)
    {
        if (!reader.ValueTextEquals("participant_ids"u8) && !reader.ValueTextEquals("participantIds"u8)) return false;
        command.ParticipantIds = JsonFields.ReadTexts(ref reader, ChatField.ParticipantIds);
        return true;
    }
}
