using System.Text.Json;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Reads a client's frame in either spelling.</summary>
internal static class RawCommandParser
{
    private static readonly JsonFields.FieldReader<RawCommand> ReadField = TryReadField;

    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is wrong.</exception>
    public static RawCommand Parse(ReadOnlySpan<byte> frame) => JsonFields.ReadObject(frame, "a frame", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame)
    {
        if (reader.ValueTextEquals("type"u8)) command.Type = JsonFields.ReadText(ref reader, "type");
        else if (reader.ValueTextEquals("conversation_id"u8) || reader.ValueTextEquals("conversationId"u8)) command.ConversationId = JsonFields.ReadText(ref reader, "conversation_id");
        else if (reader.ValueTextEquals("after_seq"u8) || reader.ValueTextEquals("afterSeq"u8)) command.AfterSeq = JsonFields.ReadNumber(ref reader, "after_seq", "a whole number, 0 or more");
        else return command.Message.TryRead(ref reader, frame);
        return true;
    }
}
