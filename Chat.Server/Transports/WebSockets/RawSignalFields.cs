using System.Text.Json;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What each kind of signal has in its frame.</summary>
internal static class RawSignalFields
{
    public static void Write(Utf8JsonWriter writer, JsonNames names, Signal signal, RawFeatures features)
    {
        writer.WriteString("type"u8, TypeOf(signal));
        if (signal is ListSignal list)
        {
            RawListFields.Write(writer, names, list, features);
            return;
        }
        if (signal is GenerationSignal generation)
        {
            RawReplies.WritePlace(writer, names, generation.Place);
            return;
        }
        if (signal is UserSignal user)
        {
            RawReplies.WriteUser(writer, names, user.User, user.Name);
            return;
        }
        if (signal is ReactionSignal reactions)
        {
            writer.WriteString(names.ConversationId, reactions.Where.Value);
            writer.WriteNumber(AmendmentFields.TargetSeqKey.In(names), reactions.Target);
            ReactionFields.WriteKeys(writer, "keys", reactions.Keys);
            return;
        }
        if (signal is ReportSignal report)
        {
            writer.WriteString(names.ConversationId, report.Where.Value);
            return;
        }
        if (signal.Conversation is { } conversation) writer.WriteString(names.ConversationId, conversation.Value);
        else writer.WriteNull(names.ConversationId);
        writer.WriteString(names.UserId, signal.User.Value);
        switch (signal)
        {
            case TypingSignal typing:
                writer.WriteBoolean("typing"u8, typing.IsTyping);
                break;
            case ReadSignal read:
                writer.WriteNumber("seq"u8, read.Sequence);
                break;
            case PresenceSignal presence:
                writer.WriteBoolean("online"u8, presence.Online);
                EntryJson.WriteTimeOrNull(writer, names.LastSeenAt, presence.LastSeenAt);
                break;
        }
    }

    private static ReadOnlySpan<byte> TypeOf(Signal signal) => signal switch
    {
        TypingSignal => "typing"u8,
        ReadSignal => "read"u8,
        PresenceSignal => "presence_changed"u8,
        GenerationSignal => "joined"u8,
        ListSignal { Summary: null } => "conversation_removed"u8,
        ListSignal => "conversation_changed"u8,
        UserSignal => "user_changed"u8,
        ReportSignal => "reports_changed"u8,
        ReactionSignal => "own_reactions"u8,
        _ => throw new ArgumentException($"{signal.Kind} has no frame", nameof(signal)),
    };
}
