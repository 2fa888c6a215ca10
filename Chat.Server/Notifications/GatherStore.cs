using Chat.Contracts.Identifiers;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Notifications;

/// <summary>Ends the tasks of conversations in the transaction that tells of these. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class GatherStore(ChatDatabase database, ITaskQueue queue, TimeProvider time)
{
    /// <summary>The mark is saved about once a second.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Ends the tasks of these pages, and does what goes with it, all or nothing. A conversation that is not
    /// done has a new task.</summary>
    /// <param name="pages">Each conversation once.</param>
    /// <param name="cursors">Those of <see cref="OlderInstances"/>; null: none runs.</param>
    /// <param name="effect">What is added to the transaction.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>False: nothing was done, because one of the tasks was ended elsewhere, or, of several conversations,
    /// because one has to be tried again alone.</returns>
    /// <exception cref="InvalidOperationException">The only one has another task by now: this one has to be tried again
    /// when that one has ended.</exception>
    public Task<bool> TryEndAsync(
        List<NewsPage> pages, IReadOnlyDictionary<ConversationId, long>? cursors, Action<ChatDbContext> effect,
        CancellationToken ct) =>
        database.ChangeAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            List<Guid> ids = pages.ConvertAll(page => page.Of.Task);
            // From here on the observer waits with a message of one of these conversations, and then makes a task of
            // its own for it. What it left to these tasks is in the log, and so below the ends that are read next.
            var ended = await db.Set<TaskRow>().Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);
            if (ended < pages.Count) return false;
            await AddAgainAsync(db, pages, ct);
            if (cursors is not null) OlderInstances.Move(db, pages, cursors);
            effect(db);
            if (!await JobCursors.TrySaveAsync(db, ct))
                return pages.Count > 1 ? false : throw new InvalidOperationException("it has another task by now");
            await transaction.CommitAsync(ct);
            return true;
        }, ct);

    /// <summary>A conversation is not done where something is new, or gathers still; nor while the observer may be
    /// shown again what was told: its task is what says that it was.</summary>
    private async Task AddAgainAsync(ChatDbContext db, List<NewsPage> pages, CancellationToken ct)
    {
        List<ConversationId> conversations = pages.ConvertAll(page => page.Conversation);
        var ends = await db.Conversations.Where(c => conversations.Contains(c.Id))
            .Select(c => new
            {
                c.Id, c.LastSequence,
                Number = db.Messages.Where(m => m.ConversationId == c.Id && m.Sequence == c.LastSequence)
                    .Max(m => (long?)m.Id),
            })
            .ToDictionaryAsync(c => c.Id, ct);
        var mark = await db.Set<ObserverRow>().Where(o => o.Name == NoticeObserver.Name)
            .Select(o => (long?)o.Mark).FirstOrDefaultAsync(ct);
        var now = time.GetUtcNow();
        foreach (var page in pages)
        {
            if (!ends.TryGetValue(page.Conversation, out var end)) continue;
            if (page.Due is { } due) Add(due);
            else if (end.LastSequence > page.Last) Add(now);
            else if (end.Number > mark) Add(now + Again);

            void Add(DateTimeOffset at)
            {
                var task = new GatherTask(page.Conversation.Value, page.Last);
                queue.Add(db, GatherTask.Type, task, NotificationJson.Default.GatherTask, task.PlanFor(at));
            }
        }
    }
}
