using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Reads a client's frame in either spelling.</summary>
internal static class RawCommandParser
{
    /// <summary>The features that add keys.</summary>
    private const RawFeatures Adding = RawFeatures.Threads | RawFeatures.Views | RawFeatures.Reactions;

    /// <summary>For each set of these features what reads a field.</summary>
    private static readonly Dictionary<RawFeatures, JsonFields.FieldReader<RawCommand>> Readers = new(
        from threads in new[] { RawFeatures.None, RawFeatures.Threads }
        from views in new[] { RawFeatures.None, RawFeatures.Views }
        from reactions in new[] { RawFeatures.None, RawFeatures.Reactions }
        select KeyValuePair.Create(threads | views | reactions, ReaderOf(threads | views | reactions)));

    /// <param name="frame">As it came.</param>
    /// <param name="features">What the socket has asked for: to others, what a feature added is an unknown key.</param>
    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RawCommand Parse(ReadOnlySpan<byte> frame, RawFeatures features = RawFeatures.None) =>
        JsonFields.ReadObject(frame, "a frame", Readers[features & Adding]);

    private static JsonFields.FieldReader<RawCommand> ReaderOf(RawFeatures features) =>
        (ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame) =>
            TryReadField(ref reader, ref command, frame) || TryReadAdded(ref reader, ref command, frame, features);

    private static bool TryReadAdded(
        ref Utf8JsonReader reader, ref RawCommand command, ReadOnlySpan<byte> frame, RawFeatures features)
    {
        if (features.HasFlag(RawFeatures.Reactions) && command.Reactions.TryRead(ref reader)) return true;
        if (features.HasFlag(RawFeatures.Threads) && command.Threads.TryRead(ref reader, frame)) return true;
        if (features.HasFlag(RawFeatures.Views)
            && (TryReadView(ref reader, ref command) || command.Threads.TryReadThread(ref reader))) return true;
        return (features & (RawFeatures.Threads | RawFeatures.Views)) != RawFeatures.None
            && TryReadBefore(ref reader, ref command);
    }

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
        else if (command.Message.TryRead(ref reader, frame)) return true; // early: most frames are messages
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
        else return RawRights.TryRead(ref reader, ref command.Rights) || command.Amendment.TryRead(ref reader);
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
