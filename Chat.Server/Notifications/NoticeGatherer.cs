using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Turns what is new in conversations into notices: the cursors and the notices are one transaction, so each
/// message is told of once. Conversations that wait at the same time share it.</summary>
internal sealed class NoticeGatherer(
    NewsReader news, NotificationStore store, NoticeMaker maker, JobCursors cursors, NoticePost post)
{
    private const int MostTogether = 100;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private RunAgain _round;

    /// <summary>Ends when all that is new in the conversation has become notices.</summary>
    public Task GatherAsync(GatherTask task, CancellationToken ct)
    {
        var waiting = new Waiting(task, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(waiting);
        if (_round.TryStart()) _ = Task.Run(RunAsync, CancellationToken.None);
        return waiting.Told.Task.WaitAsync(ct);
    }

    private async Task RunAsync()
    {
        do
        {
            _round.Begin();
            while (Take() is { Count: > 0 } some) await GatherAsync(some);
        }
        while (!_round.TryEnd());
    }

    private List<Waiting> Take()
    {
        var some = new List<Waiting>(MostTogether);
        while (some.Count < MostTogether && _waiting.TryDequeue(out var next)) some.Add(next);
        return some;
    }

    private async Task GatherAsync(List<Waiting> some)
    {
        try
        {
            await TellAsync([.. some.Select(one => one.Task).DistinctBy(task => task.ConversationId)]);
            foreach (var one in some) one.Told.TrySetResult();
        }
        catch (Exception e) when (some.Count > 1 && e is not StoreException { Failure: StoreFailure.Unavailable })
        {
            foreach (var one in some) await GatherAsync([one]); // one that fails must not fail the others
        }
        catch (Exception e)
        {
            foreach (var one in some) one.Told.TrySetException(e);
        }
    }

    private async Task TellAsync(List<GatherTask> tasks)
    {
        while (tasks.Count > 0)
        {
            var pages = await news.ReadAsync(tasks, CancellationToken.None);
            var about = await store.FindAsync([.. pages.Select(page => page.Conversation)], CancellationToken.None);
            var notices = await maker.MakeAsync(pages, about, CancellationToken.None);
            // Somebody else was faster with one: what there is to tell of it is theirs to tell.
            if (!await MoveAsync(pages, notices))
                foreach (var page in pages) await MoveAsync([page], notices);
            post.Wake();
            var left = pages.Where(page => about.TryGetValue(page.Conversation, out var found)
                && page.Last < found.LastSequence).Select(page => page.Conversation).ToHashSet();
            tasks = tasks.FindAll(task => left.Contains(task.Conversation));
        }
    }

    private Task<bool> MoveAsync(IReadOnlyCollection<NewsPage> pages, ILookup<ConversationId, UnreadNotice> notices) =>
        cursors.TryMoveAsync(
            [.. pages.Select(page =>
                new CursorMove(GatherTask.CursorOf(page.Conversation), page.Cursor, page.Last))],
            db => post.Add(db, pages.SelectMany(page => notices[page.Conversation])), CancellationToken.None);

    private readonly record struct Waiting(GatherTask Task, TaskCompletionSource Told);
}
