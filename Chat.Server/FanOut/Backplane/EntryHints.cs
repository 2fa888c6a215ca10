using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Sends committed entries to other instances, and passes theirs to the feeds.</summary>
/// <remarks>Hints: the feeds tolerate repeats, holes and losses. One message per batch and conversation, whatever the
/// number of readers.</remarks>
internal sealed class EntryHints(FeedRegistry feeds, HeadCheck check, BackplaneExchange exchange) : IBackplaneTopic
{
    public MessageKind Kind => MessageKind.Entries;

    /// <summary>Sends to the others, without waiting. Entries of one conversation are in ascending order.</summary>
    public void Publish(List<ConversationEntry> stored)
    {
        if (stored.Count == 0 || !exchange.HasPeers) return;
        if (stored.TrueForAll(e => e.ConversationId == stored[0].ConversationId))
            PublishOne(stored[0].ConversationId, stored);
        else
            foreach (var some in stored.GroupBy(e => e.ConversationId)) PublishOne(some.Key, [.. some]);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message) =>
        feeds.Publish(EntryCodec.Decode(message.Span));

    // Compares all feeds with the database now, not at the next interval.
    void IBackplaneTopic.Recover() => check.Request();

    private void PublishOne(ConversationId conversation, IReadOnlyList<ConversationEntry> entries) =>
        exchange.Publish(BackplaneChannel.Of(conversation), EntryCodec.Encode(entries), Kind);
}
