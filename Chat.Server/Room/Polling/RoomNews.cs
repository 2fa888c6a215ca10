using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.FanOut;

namespace Chat.Server.Room.Polling;

/// <summary>Finds the messages for a poll: reads the lobby's log, and waits when there are none.</summary>
/// <remarks>It subscribes, then reads, then waits: an entry that is stored in between has already signalled
/// it.</remarks>
internal sealed class RoomNews(
    FeedRegistry feeds, RoomTimeline timeline, RoomOptions options, DrainState drain, TimeProvider time)
{
    /// <param name="poll">The poll.</param> <param name="query">Its parameters.</param>
    /// <param name="ct">Cancelled when the client is gone.</param>
    public async Task<News> FindAsync(WaitingPoll poll, PollQuery query, CancellationToken ct)
    {
        var news = await FindStretchAsync(poll, query, ct);
        if (news.First is not { } first || query.Limit is not { } messages || ct.IsCancellationRequested) return news;
        var to = await FindEndAsync(news.Feed, first, news.To, messages, ct);
        if (to < first.To) first = await PollAnswer.TakeAsync(news.Feed, first.From - 1, to, ct);
        return new News(news.Feed, first, to);
    }

    private async Task<News> FindStretchAsync(WaitingPoll poll, PollQuery query, CancellationToken ct)
    {
        var attached = await feeds.AttachAsync(ConversationId.Lobby, _ => poll);
        var (feed, head) = attached ?? throw ChatException.Internal("the room does not exist");
        try
        {
            // Another instance may have shown more than this one knows; beyond the end of the log there is nothing.
            var cursor = query.After > head
                ? Math.Min(query.After.Value, await feeds.ReadHeadAsync(feed, query.After.Value))
                : query.After ?? (query.Since is { } since ? await timeline.FindSequenceAsync(feed, since, head) : 0);
            var news = await LookAsync(feed, cursor, head, query.Since, ct);
            return news.First is null ? await WaitAsync(poll, news, query.Since, ct) : news;
        }
        finally
        {
            feed.Detach(poll); // before the answer is written: that may take long
        }
    }

    private async Task<News> WaitAsync(WaitingPoll poll, News news, DateTimeOffset? since, CancellationToken ct)
    {
        var bound = TimeSpan.FromSeconds(options.PollSeconds);
        using var over = time.CreateTimer(static p => ((WaitingPoll)p!).End(), poll, bound, Timeout.InfiniteTimeSpan);
        using var gone = ct.UnsafeRegister(static p => ((WaitingPoll)p!).End(), poll);
        // all at once, and those that come later
        using var stopping = drain.Leaving.UnsafeRegister(static p => ((WaitingPoll)p!).End(), poll);
        while (news.First is null && !poll.Ended)
        {
            await poll.SignalAsync();
            var (cursor, head) = (Math.Min(news.To, poll.Last), Math.Min(poll.Shard!.Visible, poll.Limit));
            news = await LookAsync(news.Feed, cursor, head, since, ct);
        }
        return news;
    }

    /// <summary>Searches from the cursor to the head for messages. Other entries only move the cursor.</summary>
    private static async ValueTask<News> LookAsync(
        Feed feed, long cursor, long head, DateTimeOffset? since, CancellationToken ct)
    {
        // The time is ahead of the log: newer entries may still not be later.
        if (since is { } time && cursor < head && feed.FindSequence(time) is { } notLater)
            cursor = Math.Max(cursor, Math.Min(notLater, head));
        while (cursor < head)
        {
            var block = await PollAnswer.TakeAsync(feed, cursor, head, ct);
            if (block.Messages.Count > 0) return new News(feed, block, head);
            cursor = block.To;
        }
        return new News(feed, null, cursor);
    }

    /// <summary>The end of an answer with a limited number of messages. The header needs it before the first byte is
    /// written.</summary>
    private static async ValueTask<long> FindEndAsync(
        Feed feed, RoomBlock block, long to, int messages, CancellationToken ct)
    {
        while (true)
        {
            if (block.Messages.Count >= messages) return block.Messages[messages - 1];
            messages -= block.Messages.Count;
            if (block.To >= to) return to;
            block = await PollAnswer.TakeAsync(feed, block.To, to, ct);
        }
    }
}
