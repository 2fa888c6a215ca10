using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;
using Microsoft.Extensions.Options;

namespace Chat.Server.Core;

/// <summary>Subscribes writers to conversations.</summary>
internal sealed class WriterSubscriptions(
    AccessCache access, FeedRegistry feeds, IBlocks blocks, LogIdentity identity, IOptions<FanOutOptions> options)
{
    public async Task<PendingJoin> JoinAsync(
        ClientWriter writer, ConversationId conversation, long? after, CancellationToken ct)
    {
        ChatException.ThrowIf(PageRules.AfterSequence.Check(after));
        // Asked at the same time as the right to read, so that it takes no longer.
        var hidden = writer.WantsDoings ? blocks.PrepareAsync(writer, ct).AsTask() : Task.CompletedTask;
        await Task.WhenAll(hidden, AuthorizeAsync(writer, conversation, ct).AsTask());
        if (writer.Find(conversation) is { } known)
        {
            await known.PauseAsync(ct);
            // It may have ended during the wait: its user was removed, and added again since.
            if (writer.Find(conversation) == known) return await JoinAgainAsync(known, after, ct);
        }
        if (writer.Count >= options.Value.JoinsPerConnection)
            throw ChatException.RateLimited(
                $"one connection may join at most {options.Value.JoinsPerConnection} conversations; leave one first");
        return await SubscribeAsync(writer, conversation, after, ct);
    }

    /// <summary>Moves the cursor of a subscription that is paused.</summary>
    private async Task<PendingJoin> JoinAgainAsync(Subscription known, long? after, CancellationToken ct)
    {
        try
        {
            // A user who was removed and added again gets the entries that follow, also while the removal is still
            // ahead.
            var asOf = await AuthorizeAsync(known.Writer, known.Feed.Conversation, ct,
                asOf: Math.Max(known.Feed.Head, after ?? 0));
            known.Shard!.Authorize(known, asOf);
            return await PrepareAsync(known, after, known.Place, asOf);
        }
        catch
        {
            known.Activate(null); // as it was
            throw;
        }
    }

    private async Task<PendingJoin> SubscribeAsync(
        ClientWriter writer, ConversationId conversation, long? after, CancellationToken ct)
    {
        Subscription? subscription = null;
        var (_, head) = await feeds.AttachAsync(conversation, feed => subscription = new Subscription(writer, feed))
            ?? throw ChatException.Forbidden();
        try
        {
            // Checked again, now that a removal would reach the subscription: this finds a removal between the first
            // check and the attaching. A removal before the place where the client resumes is history to it.
            var asOf = await AuthorizeAsync(writer, conversation, ct, asOf: Math.Max(head, after ?? 0));
            subscription!.Shard!.Authorize(subscription, asOf);
            subscription.Cursor = head;
            var added = writer.TryAdd(subscription);
            if (added != subscription) subscription.Feed.Detach(subscription);
            return added is null
                ? throw ChatException.Internal("the connection is closed")
                : await PrepareAsync(added, after, head, asOf);
        }
        catch
        {
            if (subscription is not null) writer.Remove(subscription);
            throw;
        }
    }

    /// <param name="subscription">The subscription.</param>
    /// <param name="after">Where the client resumes; null: from <paramref name="cursor"/>.</param>
    /// <param name="cursor">The cursor of delivery.</param>
    /// <param name="asOf">The log is known to reach this sequence, even if a feed lags: a removal up to there is
    /// history to this client, so it must not be delivered as new.</param>
    private async ValueTask<PendingJoin> PrepareAsync(Subscription subscription, long? after, long cursor, long asOf)
    {
        var head = await feeds.ReadHeadAsync(subscription.Feed, Math.Max(after ?? 0, asOf));
        ChatException.ThrowIf(PageRules.CheckResume(after, head));
        return new PendingJoin(subscription, after,
            new JoinResult(subscription.Feed.Conversation, after ?? cursor, head, identity.Generation));
    }

    /// <returns>The sequence up to which removals are accounted for.</returns>
    private async ValueTask<long> AuthorizeAsync(
        ClientWriter writer, ConversationId conversation, CancellationToken ct, long asOf = 0)
    {
        var found = await access.FindAsync(conversation, writer.User, ct, asOf);
        return found is { MayRead: true } ? found.AsOf : throw AccessRefusal.ToRead(found);
    }
}
