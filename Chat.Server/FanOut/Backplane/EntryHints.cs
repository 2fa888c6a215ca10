using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Tells other instances of committed entries, and takes theirs to the feeds.</summary>
/// <remarks>A hint: the feeds take repeats, holes and silence. One message for each batch and conversation, whoever
/// reads it.</remarks>
internal sealed class EntryHints(FeedRegistry feeds, HeadCheck check, BackplaneExchange exchange) : IBackplaneTopic
{
    public MessageKind Kind => MessageKind.Entries;

    /// <summary>Tells the others, without waiting. Entries of one conversation ascend.</summary>
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

    // One comparison of all feeds with the database, now and not at the next beat.
    void IBackplaneTopic.Recover() => check.Request();

    private void PublishOne(ConversationId conversation, IReadOnlyList<ConversationEntry> entries) =>
        exchange.Publish(BackplaneChannel.Of(conversation), EntryCodec.Encode(entries), Kind);
}
