using System.Text;
using System.Text.Json;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Reads a client's frame in either spelling. Unknown keys are passed over; of a repeated key the last counts.</summary>
internal static class RawCommandParser
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = ChatLimits.JsonDepth + 1 };

    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is wrong.</exception>
    public static RawCommand Parse(ReadOnlySpan<byte> frame)
    {
        try
        {
            var reader = new Utf8JsonReader(frame, ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw ChatException.BadRequest("a frame must be a JSON object");
            var command = new RawCommand();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadField(ref reader, ref command, frame);
            if (reader.Read()) throw ChatException.BadRequest("a frame must be one JSON object");
            return command;
        }
        catch (JsonException)
        {
            throw ChatException.BadRequest($"a frame must be a JSON object, nested at most {ChatLimits.JsonDepth} levels");
        }
        catch (InvalidOperationException) // comparing a key that escapes a lone surrogate
        {
            throw ChatException.BadRequest("the keys of a frame must be valid Unicode text, without lone surrogates");
        }
    }

    private static void ReadField(ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame)
    {
        if (reader.ValueTextEquals("type"u8)) command.Type = ReadText(ref reader, "type");
        else if (reader.ValueTextEquals("conversation_id"u8) || reader.ValueTextEquals("conversationId"u8)) command.ConversationId = ReadText(ref reader, "conversation_id");
        else if (reader.ValueTextEquals("body"u8)) command.Body = ReadText(ref reader, "body");
        else if (reader.ValueTextEquals("msg_type"u8) || reader.ValueTextEquals("msgType"u8)) command.MsgType = ReadMsgType(ref reader);
        else if (reader.ValueTextEquals("attachment_url"u8) || reader.ValueTextEquals("attachmentUrl"u8)) command.AttachmentUrl = ReadText(ref reader, "attachment_url");
        else if (reader.ValueTextEquals("attachment_meta"u8) || reader.ValueTextEquals("attachmentMeta"u8)) command.AttachmentMeta = ReadRaw(ref reader, frame);
        else if (reader.ValueTextEquals("dedupe_key"u8) || reader.ValueTextEquals("dedupeKey"u8)) command.DedupeKey = ReadText(ref reader, "dedupe_key");
        else if (reader.ValueTextEquals("after_seq"u8) || reader.ValueTextEquals("afterSeq"u8)) command.AfterSeq = ReadSequence(ref reader);
        else reader.Skip();
    }

    private static string? ReadText(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw ChatException.BadRequest($"{field} must be a string");
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException) // the reader's way to report a lone surrogate or broken UTF-8
        {
            throw ChatException.BadRequest($"{field} must be valid Unicode text, without lone surrogates");
        }
    }

    private static int ReadMsgType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value)
            ? value
            : throw ChatException.BadRequest("msg_type must be 0 (text), 1 (image) or 2 (file)");
    }

    private static long? ReadSequence(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? value
            : throw ChatException.BadRequest("after_seq must be a whole number, 0 or more");
    }

    private static RawJson? ReadRaw(ref Utf8JsonReader reader, ReadOnlySpan<byte> frame)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new RawJson(Encoding.UTF8.GetString(frame[start..(int)reader.BytesConsumed]));
    }
}
