using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Reads a client's frame in either spelling.</summary>
internal static class RawCommandParser
{
    private static readonly JsonFields.FieldReader<RawCommand> ReadField = TryReadField,
        ReadFieldOfThreads = TryReadFieldOfThreads, ReadFieldOfViews = TryReadFieldOfViews,
        ReadFieldOfBoth = TryReadFieldOfBoth;

    /// <param name="frame">As it came.</param>
    /// <param name="features">What the socket has asked for: to others, what a feature added is an unknown key.</param>
    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RawCommand Parse(ReadOnlySpan<byte> frame, RawFeatures features = RawFeatures.None) =>
        JsonFields.ReadObject(frame, "a frame", (features & (RawFeatures.Threads | RawFeatures.Views)) switch
        {
            RawFeatures.None => ReadField,
            RawFeatures.Threads => ReadFieldOfThreads,
            RawFeatures.Views => ReadFieldOfViews,
            _ => ReadFieldOfBoth,
        });

    private static bool TryReadFieldOfThreads(
        ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame) =>
        TryReadField(ref reader, ref command, frame) || command.Threads.TryRead(ref reader, frame)
        || TryReadBefore(ref reader, ref command);

    private static bool TryReadFieldOfViews(
        ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame) =>
        TryReadField(ref reader, ref command, frame) || TryReadView(ref reader, ref command)
        || command.Threads.TryReadThread(ref reader) || TryReadBefore(ref reader, ref command);

    private static bool TryReadFieldOfBoth(
        ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame) =>
        TryReadFieldOfThreads(ref reader, ref command, frame) || TryReadView(ref reader, ref command);

    private static bool TryReadView(ref Utf8JsonReader reader, ref RawCommand command)
    {
        if (!reader.ValueTextEquals("view"u8)) return false;
        command.View = JsonFields.ReadText(ref reader, ChatField.View);
        return true;
    }

    private static bool TryReadBefore(ref Utf8JsonReader reader, ref RawCommand command)
    {
        if (!reader.ValueTextEquals("before_seq"u8) && !reader.ValueTextEquals("beforeSeq"u8)) return false;
        command.BeforeSeq = JsonFields.ReadNumber(ref reader, PageRules.Before.Violation);
        return true;
    }

    private static bool TryReadField(ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame)
    {
        if (reader.ValueTextEquals("type"u8)) command.Type = ReadType(ref reader);
        else if (reader.ValueTextEquals("conversation_id"u8) || reader.ValueTextEquals("conversationId"u8))
            command.Conversation = ReadConversation(ref reader);
        else if (reader.ValueTextEquals("after_seq"u8) || reader.ValueTextEquals("afterSeq"u8))
            command.AfterSeq = JsonFields.ReadNumber(ref reader, PageRules.AfterSequence.Violation);
        else if (reader.ValueTextEquals("typing"u8))
            command.Typing = JsonFields.ReadBoolean(ref reader, new ChatField("typing"));
        else if (reader.ValueTextEquals("seq"u8))
            command.Seq = JsonFields.ReadNumber(ref reader, PageRules.Sequence.Violation);
        else if (reader.ValueTextEquals("cursor"u8)) command.Cursor = JsonFields.ReadText(ref reader, ChatField.Cursor);
        else if (reader.ValueTextEquals("limit"u8))
            command.Limit = JsonFields.ReadNumber(ref reader, ListRules.Limit.Violation);
        else if (reader.ValueTextEquals("user_ids"u8) || reader.ValueTextEquals("userIds"u8))
            command.UserIds = JsonFields.ReadTexts(ref reader, ChatField.UserIds);
        else if (reader.ValueTextEquals("token"u8))
            command.Token = JsonFields.ReadText(ref reader, new ChatField("token"));
        else if (reader.ValueTextEquals("user_id"u8) || reader.ValueTextEquals("userId"u8))
            command.UserId = JsonFields.ReadText(ref reader, ChatField.UserId);
        else return command.Message.TryRead(ref reader, frame) || RawRights.TryRead(ref reader, ref command.Rights)
            || command.Amendment.TryRead(ref reader);
        return true;
    }

    // Neither makes a string: these two are in every frame.
    private static RawCommandType ReadType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return RawCommandType.None;
        if (reader.TokenType != JsonTokenType.String) throw ChatException.BadRequest("type must be a string");
        return RawCommandTypes.Find(reader);
    }

    private static ConversationId? ReadConversation(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null
            || reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""u8)) return null;
        return reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var id)
            ? new ConversationId(id)
            : throw new ChatException(
                new RuleViolation(ChatField.ConversationId, $"{ChatField.ConversationId} must be a UUID"));
    }
}
