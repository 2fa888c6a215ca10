using System.Globalization;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Servers of the version before this one. They keep a cursor for each conversation, and look for messages
/// that nobody was told of. While one runs beside this one both go by these cursors: so nothing is told twice.
/// </summary>
/// <remarks>To be removed with the version after this one, which deletes the cursors.</remarks>
internal sealed class OlderInstances(NotificationStore store, JobCursors cursors, TimeProvider time)
    : ITaskHandler<byte[]>
{
    /// <summary>The task with which they look, each of them one per <see cref="Interval"/>. It is kept for twice as
    /// long.</summary>
    public const string Type = "notifications.sweep";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    /// <summary>Moves the cursors, in the transaction of what is told.</summary>
    public static void Move(
        ChatDbContext db, IEnumerable<NewsPage> pages, IReadOnlyDictionary<ConversationId, long> known) =>
        JobCursors.Move(db,
        [
            .. from page in pages
               let cursor = known.TryGetValue(page.Conversation, out var it) ? it : (long?)null
               where page.Messages.Count > 0 && page.Last > (cursor ?? 0)
               select new CursorMove(CursorOf(page.Conversation), cursor, page.Last),
        ]);

    /// <summary>Their cursors; null: none of them runs.</summary>
    public async Task<IReadOnlyDictionary<ConversationId, long>?> FindCursorsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        if (!await IsOneHereAsync(ct)) return null;
        var found = await cursors.FindAsync([.. conversations.Select(CursorOf)], ct);
        return conversations.Where(one => found.ContainsKey(CursorOf(one)))
            .ToDictionary(one => one, one => found[CursorOf(one)]);
    }

    /// <summary>Their look, which this version does not need.</summary>
    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct) => Task.CompletedTask;

    public static string CursorOf(ConversationId conversation) => $"notifications/{conversation.Value:N}";

    private Task<bool> IsOneHereAsync(CancellationToken ct)
    {
        var period = time.GetUtcNow().Ticks / Interval.Ticks;
        return store.HasTaskAsync([KeyOf(period), KeyOf(period - 1)], ct);

        static string KeyOf(long period) =>
            $"{TaskSql.LastingKey}{Type}:{period.ToString(CultureInfo.InvariantCulture)}";
    }
}
