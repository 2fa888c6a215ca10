using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;

namespace Chat.Server.Presence.Watching;

/// <summary>The members of the conversations that are watched here. Read at the first watch, then updated by
/// entries.</summary>
internal sealed class ConversationRosters(
    PresenceWatches watches, PresenceStore store, FeedRegistry feeds, FeedContext context)
{
    /// <summary>Adds a watch that is not active yet; completes when the members are known.</summary>
    /// <param name="subscription">The connection's place in the conversation.</param>
    /// <param name="isPublic">True when everyone belongs to it.</param>
    /// <exception cref="StoreException">The members cannot be read now.</exception>
    public async Task<(WatchedGroup Group, PresenceWatch Watch)> WatchAsync(Subscription subscription, bool isPublic)
    {
        var conversation = subscription.Feed.Conversation;
        var (group, watch, isNew) = watches.Watch(GroupKey.Of(conversation), isPublic, subscription.Writer,
            subscription);
        if (isNew) context.Run(() => StartAsync(group, conversation));
        await group.Ready;
        return (group, watch);
    }

    private async Task StartAsync(WatchedGroup group, ConversationId conversation)
    {
        try
        {
            // Nobody can be removed from public conversations, so their entries change nothing.
            if (!group.IsEveryone) await FollowAsync(group, conversation);
            group.SetReady();
        }
        catch (Exception e)
        {
            watches.Fail(group, e);
        }
    }

    /// <summary>Attaches first, then reads: changes in between also come as entries.</summary>
    private async Task FollowAsync(WatchedGroup group, ConversationId conversation)
    {
        var listener = new RosterListener(group, watches, store, context);
        var (feed, head) = await feeds.AttachAsync(conversation, _ => listener)
            ?? throw new StoreException(StoreFailure.Rejected, "there is no such conversation");
        listener.Feed = feed;
        watches.SetUpkeep(group, listener);
        await listener.LoadAsync(head, context.Stopping);
    }
}
