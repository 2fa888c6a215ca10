using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Threads, who follows them, and mentions; what messages change of them is moved where these are stored.
/// Failures are <see cref="StoreException"/>.</summary>
internal sealed class ThreadStore(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>The threads of a conversation, the one with the newest reply first.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="before">Only those whose newest reply has a smaller sequence.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<IReadOnlyList<ThreadSummary>> ListAsync(
        ConversationId conversation, UserId user, long before, int limit, CancellationToken ct) =>
        database.RunAsync<IReadOnlyList<ThreadSummary>>(async db =>
        {
            var threads = await db.Set<ThreadRow>().AsNoTracking()
                .Where(t => t.ConversationId == conversation && t.Replies > 0 && t.LastSequence < before)
                .OrderByDescending(t => t.LastSequence).Take(limit).ToListAsync(ct);
            if (threads.Count == 0) return [];
            var wanted = threads.ConvertAll(t => t.Thread);
            var follows = await db.Set<ThreadFollowRow>().AsNoTracking().Where(f =>
                f.ConversationId == conversation && f.UserId == user && wanted.Contains(f.Thread)).ToListAsync(ct);
            var newest = threads.ConvertAll(t => t.LastSequence);
            var last = (await MessagePreviews.Of(db, db.Messages
                .Where(m => m.ConversationId == conversation && newest.Contains(m.Sequence))).ToListAsync(ct))
                .ToDictionary(m => m.Sequence, m => m.ToEntry());
            var people = await ReadPeopleAsync(db, conversation, wanted, ct);
            var unread = await CountUnreadAsync(db, conversation, user, follows, ct);
            return [.. threads.Select(t => Summarize(t, follows.Find(f => f.Thread == t.Thread),
                last.GetValueOrDefault(t.LastSequence), [.. people[t.Thread]], unread))];
        }, ct);

    /// <summary>The user follows a thread from now on, or no longer.</summary>
    public Task<bool> FollowAsync(
        ConversationId conversation, UserId user, long thread, bool isFollowing, CancellationToken ct) =>
        database.ChangeUntilKnownAsync(async db =>
        {
            var last = await db.Set<ThreadRow>().Where(t => t.ConversationId == conversation && t.Thread == thread)
                .Select(t => t.LastSequence).FirstOrDefaultAsync(ct);
            var row = new ThreadFollowRow
            {
                ConversationId = conversation, UserId = user, Thread = thread,
                LastReadSequence = Math.Max(last, thread), IsFollowing = isFollowing,
            };
            if (await MoveAsync(db, row, ct)) return true;
            db.Add(row);
            // Another one was faster, for instance a reply of the user's.
            return await ChatDatabase.TrySaveAsync(db, ct) || await MoveAsync(db, row, ct);
        }, ct);

    /// <summary>Moves the user's position in a thread that the user follows; never back.</summary>
    public Task<int> MarkReadAsync(
        ConversationId conversation, UserId user, long thread, long sequence, CancellationToken ct) =>
        database.ChangeUntilKnownAsync(db => Of(db, conversation, user, thread)
            .Where(f => f.IsFollowing && (f.LastReadSequence < sequence || f.UnreadFrom != null))
            .ExecuteUpdateAsync(set => set
                .SetProperty(f => f.LastReadSequence, f => f.LastReadSequence < sequence
                    ? sequence
                    : f.LastReadSequence)
                .SetProperty(f => f.UnreadFrom, (long?)null), ct), ct);

    /// <summary>Notes that what is behind this position is unread for the user, of a thread that the user
    /// follows.</summary>
    public Task<int> MarkUnreadAsync(
        ConversationId conversation, UserId user, long thread, long position, CancellationToken ct) =>
        database.ChangeUntilKnownAsync(db => Of(db, conversation, user, thread).Where(f => f.IsFollowing)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.UnreadFrom, position), ct), ct);

    /// <summary>The messages that name the user, the newest first, of conversations in which the user takes
    /// part.</summary>
    public Task<IReadOnlyList<Mention>> MentionsAsync(
        UserKey user, ListCursor? after, int limit, CancellationToken ct) =>
        database.RunAsync<IReadOnlyList<Mention>>(async db =>
        {
            if (user.Id.Value == MentionRow.Everyone) return [];
            var rows = db.Set<MentionRow>().AsNoTracking().Where(m => m.Tenant == user.Tenant && m.UserId == user.Id
                && db.Participants.Any(p => p.ConversationId == m.ConversationId && p.UserId == user.Id
                    && p.Role != ParticipantRole.Blocked));
            if (after is { ActiveAt: var at, Id: var id })
                rows = rows.Where(m =>
                    m.CreatedAt < at || (m.CreatedAt == at && m.ConversationId.CompareTo(id) < 0));
            var page = rows.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.ConversationId).Take(limit);
            var found = await page.Join(MessagePreviews.Of(db, db.Messages),
                    m => new { m.ConversationId, m.Sequence }, e => new { e.ConversationId, e.Sequence },
                    (m, e) => new { Mention = m, Message = e })
                .OrderByDescending(one => one.Mention.CreatedAt).ThenByDescending(one => one.Mention.ConversationId)
                .ToListAsync(ct);
            return [.. found.Select(one => ToMention(one.Mention, one.Message.ToEntry()))];
        }, ct);

    private static IQueryable<ThreadFollowRow> Of(
        ChatDbContext db, ConversationId conversation, UserId user, long thread) => db.Set<ThreadFollowRow>()
        .Where(f => f.ConversationId == conversation && f.UserId == user && f.Thread == thread);

    /// <summary>False when there is no row yet. Who follows already keeps the position.</summary>
    private static async Task<bool> MoveAsync(ChatDbContext db, ThreadFollowRow row, CancellationToken ct)
    {
        var rows = Of(db, row.ConversationId, row.UserId, row.Thread);
        var isFollowing = row.IsFollowing;
        var moved = await rows.Where(f => f.IsFollowing != isFollowing).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.IsFollowing, isFollowing)
            .SetProperty(f => f.LastReadSequence, row.LastReadSequence)
            .SetProperty(f => f.UnreadFrom, (long?)null), ct);
        return moved > 0 || await rows.AnyAsync(ct);
    }

    private async Task<ILookup<long, UserId>> ReadPeopleAsync(
        ChatDbContext db, ConversationId conversation, List<long> threads, CancellationToken ct)
    {
        var sql = string.Join(" union all ", threads.Select(thread => ThreadReads.People(thread)));
        var found = await db.Database.SqlQueryRaw<ThreadPerson>(sql, settings.KeyOf(conversation)).ToListAsync(ct);
        return found.GroupBy(one => one.Thread)
            .SelectMany(one => one.OrderByDescending(person => person.Sequence)
                .Select(person => person.UserId).Distinct().Take(ChatLimits.ThreadPeople)
                .Select(user => (Thread: one.Key, User: UserId.Stored(user))))
            .ToLookup(one => one.Thread, one => one.User);
    }

    private async Task<Dictionary<long, Unread>> CountUnreadAsync(
        ChatDbContext db, ConversationId conversation, UserId user, List<ThreadFollowRow> follows,
        CancellationToken ct)
    {
        var asked = follows.Where(f => f.IsFollowing).ToList();
        if (asked.Count == 0) return [];
        var sql = string.Join(" union all ", asked.Select(f =>
            ThreadReads.Unread(f.Thread, UnreadCounts.PositionOf(f.LastReadSequence, f.UnreadFrom))));
        var found = await db.Database
            .SqlQueryRaw<ThreadUnread>(sql, settings.KeyOf(conversation), user.Value).ToListAsync(ct);
        return found.ToDictionary(one => one.Thread, one => one.ToAnswer());
    }

    private static ThreadSummary Summarize(
        ThreadRow row, ThreadFollowRow? follow, ConversationEntry? last, IReadOnlyList<UserId> people,
        Dictionary<long, Unread> unread) => new()
    {
        Thread = row.Thread, Replies = row.Replies, LastSequence = row.LastSequence,
        LastEntry = EntryPreview.Of(last, out _), People = people, IsFollowing = follow is { IsFollowing: true },
        LastReadSequence = follow?.LastReadSequence ?? 0, UnreadFrom = follow?.UnreadFrom,
        Unread = unread.GetValueOrDefault(row.Thread),
    };

    private static Mention ToMention(MentionRow row, ConversationEntry entry) => new()
    {
        ConversationId = row.ConversationId, Sequence = row.Sequence, Thread = row.Thread, CreatedAt = row.CreatedAt,
        Entry = EntryPreview.Of(entry, out _), Cursor = $"{new ListCursor(row.CreatedAt, row.ConversationId)}",
    };
}
