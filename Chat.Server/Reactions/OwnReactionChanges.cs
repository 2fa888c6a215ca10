using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Reactions;

/// <summary>Which users have set reactions that no entry names: their other connections are to be shown them.</summary>
/// <remarks>Hints: who misses one sees it in the next page. One message for each batch and conversation.</remarks>
internal sealed class OwnReactionChanges(BackplaneExchange exchange) : IBackplaneTopic, ICommitObserver
{
    private const int Capacity = 16_384;

    private const byte Version = 1;

    public MessageKind Kind => MessageKind.Reactions;

    public WaitingChanges<OwnReactionChange> Waiting { get; } = new(Capacity);

    public void Committed(IReadOnlyList<ConversationEntry> entries) { }

    public void Reacted(IReadOnlyList<ReactionSet> sets)
    {
        var changes = new List<OwnReactionChange>();
        foreach (var set in sets)
            if (set is { User: { } user, Outcome.IsNamed: false, Draft: { Reaction: { Keys: { } keys } move } draft })
                changes.Add(new OwnReactionChange(
                    set.Conversation, user, draft.Content.TargetSequence ?? 0, keys, move.From));
        foreach (var change in changes) Waiting.Add(change);
        if (changes.Count == 0 || !exchange.HasPeers) return;
        foreach (var some in changes.GroupBy(change => change.Conversation))
            exchange.Publish(BackplaneChannel.Of(some.Key), Encode(some.Key, [.. some]), Kind);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of reactions is not known here");
        var conversation = new ConversationId(reader.ReadGuid());
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            var user = UserKey.OfWire(reader.ReadText() ?? "");
            var target = reader.ReadInt64();
            var keys = (reader.ReadText() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Waiting.Add(new OwnReactionChange(conversation, user, target, keys, From: null));
        }
    }

    // What was lost shows in the next page.
    void IBackplaneTopic.Recover() { }

    private static byte[] Encode(ConversationId conversation, List<OwnReactionChange> changes)
    {
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteGuid(conversation.Value);
        writer.WriteCount(changes.Count);
        foreach (var change in changes)
        {
            writer.WriteText(change.User.ToWire());
            writer.WriteInt64(change.Target);
            writer.WriteText(string.Join(' ', change.Keys));
        }
        return writer.ToArray();
    }
}
