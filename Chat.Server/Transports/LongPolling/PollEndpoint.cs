using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Core.Room;
using Chat.Server.FanOut;
using Chat.Server.Hosting.Drain;
using Chat.Server.Identity;
using Chat.Server.Observability;
using Chat.Server.Presence;

namespace Chat.Server.Transports.LongPolling;

/// <summary>The room's long poll: a reader of the lobby's feed that lives for one request.</summary>
/// <remarks>It subscribes, then looks, then waits: what is stored between the look and the waiting has signalled it already.</remarks>
internal sealed class PollEndpoint(
    OpenIdentity identity, ChatService chat, RoomClients clients, RoomTimeline timeline, FeedRegistry feeds, LocalPresence presence, ChatMetrics metrics,
    RoomOptions options, DrainState drain, TimeProvider time)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (!identity.TryFromQuery(http, "client_id", out var client, out var problem)) throw ChatException.BadRequest(problem);
        var query = PollQuery.Parse(http.Request.Query);
        var session = await clients.RequireAsync(client, "client not found", http.RequestAborted);
        await chat.AuthorizeReadAsync(client, ConversationId.Lobby, http.RequestAborted);
        session.BeginPoll();
        presence.Enter(client);
        try
        {
            var news = await FindNewsAsync(http, new WaitingPoll(client), query);
            if (!http.RequestAborted.IsCancellationRequested) await AnswerAsync(http, news, query.Limit);
        }
        finally
        {
            session.EndPoll();
            presence.Hear(client); // for longer than a connection that ended: it is likely to poll again
            presence.Exit(client);
        }
    }

    private async Task<News> FindNewsAsync(HttpContext http, WaitingPoll poll, PollQuery query)
    {
        var attached = await feeds.AttachAsync(ConversationId.Lobby, _ => poll);
        var (feed, head) = attached ?? throw ChatException.Internal("the room is not there");
        try
        {
            var cursor = query.After ?? (query.Since is { } since ? await timeline.FindSequenceAsync(feed, since, head) : 0);
            var news = await LookAsync(feed, cursor, head, query.Since, http.RequestAborted);
            return news.First is null ? await WaitAsync(http, poll, news, query.Since) : news;
        }
        finally
        {
            feed.Detach(poll); // before the answer is written: that may take long
        }
    }

    private async Task<News> WaitAsync(HttpContext http, WaitingPoll poll, News news, DateTimeOffset? since)
    {
        using var over = time.CreateTimer(static p => ((WaitingPoll)p!).End(), poll, TimeSpan.FromSeconds(options.PollSeconds), Timeout.InfiniteTimeSpan);
        using var gone = http.RequestAborted.UnsafeRegister(static p => ((WaitingPoll)p!).End(), poll);
        using var stopping = drain.Leaving.UnsafeRegister(static p => ((WaitingPoll)p!).End(), poll);
        metrics.ConnectionOpened(ChatTransport.LongPoll);
        try
        {
            while (news.First is null && !poll.Ended)
            {
                await poll.SignalAsync();
                news = await LookAsync(news.Feed, news.To, Math.Min(poll.Shard!.Visible, poll.Limit), since, http.RequestAborted);
            }
            return news;
        }
        finally
        {
            metrics.ConnectionClosed(ChatTransport.LongPoll);
        }
    }

    /// <summary>Looks from the cursor up to the head for something to show. Entries that are not messages only move the cursor.</summary>
    private static async ValueTask<News> LookAsync(Feed feed, long cursor, long head, DateTimeOffset? since, CancellationToken ct)
    {
        // A time that lies ahead of the log: what came since may still not be later than it.
        if (since is { } time && cursor < head && feed.FindSequence(time) is { } notLater) cursor = Math.Max(cursor, Math.Min(notLater, head));
        while (cursor < head)
        {
            var block = await PollAnswer.TakeAsync(feed, cursor, head, ct);
            if (block.Messages.Count > 0) return new News(feed, block, head);
            cursor = block.To;
        }
        return new News(feed, null, cursor);
    }

    private async Task AnswerAsync(HttpContext http, News news, int? limit)
    {
        var (feed, first, to) = news;
        if (first is not null && limit is { } messages)
        {
            to = await FindEndAsync(feed, first, to, messages, http.RequestAborted);
            if (to < first.To) first = await PollAnswer.TakeAsync(feed, first.From - 1, to, http.RequestAborted);
        }
        await PollAnswer.WriteAsync(http, feed, first, to);
        if (first is not null) metrics.Delivered((int)(to - first.From + 1));
    }

    /// <summary>Where an answer with so many messages ends. The header needs it before the first byte is written.</summary>
    private static async ValueTask<long> FindEndAsync(Feed feed, RoomBlock block, long to, int messages, CancellationToken ct)
    {
        while (true)
        {
            if (block.Messages.Count >= messages) return block.Messages[messages - 1];
            messages -= block.Messages.Count;
            if (block.To >= to) return to;
            block = await PollAnswer.TakeAsync(feed, block.To, to, ct);
        }
    }

    /// <param name="Feed">The room's feed.</param>
    /// <param name="First">The first block with a message in it; null when there is nothing to show.</param>
    /// <param name="To">The last sequence that was looked at.</param>
    private readonly record struct News(Feed Feed, RoomBlock? First, long To);
}
