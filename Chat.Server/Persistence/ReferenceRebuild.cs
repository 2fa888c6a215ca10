using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Makes again who is mentioned and who follows threads, as far as the log says it: whom messages name as they
/// are now, and who took part when that was said.</summary>
/// <remarks>What the log does not say stays: that somebody who is named was told, that somebody follows a thread or
/// ceased to, and how far it was read. Blocks are those of now. In a public conversation, whose participants are in no
/// log, it is who takes part now.</remarks>
internal sealed class ReferenceRebuild(ChatDbContext db, ConversationRow conversation)
{
    private const int Together = 1_000;

    private static readonly EntryKind[] OfMembers =
    [
        EntryKind.ConversationCreated, EntryKind.ParticipantsAdded, EntryKind.ParticipantRemoved,
        EntryKind.RoleChanged,
    ];

    private readonly MembershipHistory _members = new();
    private HashSet<string> _present = [];

    /// <param name="mentions">Whether mentions may be missing; what nobody says goes in any case.</param>
    /// <param name="follows">Whether followers of threads may be missing.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task RunAsync(bool mentions, bool follows, CancellationToken ct)
    {
        await foreach (var entry in db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation.Id && OfMembers.Contains(m.Kind)).OrderBy(m => m.Sequence)
            .AsAsyncEnumerable().WithCancellation(ct))
            _members.Add(entry.ToEntry());
        if (conversation.Kind == ConversationKind.Public)
            _present = [.. (await db.Participants.Where(p => p.ConversationId == conversation.Id
                && p.Role != ParticipantRole.Blocked).Select(p => p.UserId).ToListAsync(ct)).Select(id => id.Value)];
        for (var (after, isLast) = (0L, false); !isLast;)
        {
            var page = await ReadAsync(after, ct);
            isLast = page.Count < Together;
            var upTo = isLast ? long.MaxValue : page[^1].Sequence;
            await SetMentionsAsync(page, after, upTo, mentions, ct);
            if (follows) await AddFollowsAsync(page, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            after = upTo;
        }
    }

    /// <summary>Messages that name somebody, or did, and those in threads.</summary>
    private Task<List<ReferringMessage>> ReadAsync(long after, CancellationToken ct) =>
        (from m in db.Messages
         join s in db.Set<MessageStateRow>() on new { m.ConversationId, m.Sequence }
             equals new { s.ConversationId, s.Sequence } into states
         from s in states.DefaultIfEmpty()
         join e in MessagePreviews.EditsOf(db) on new { s.ConversationId, Sequence = s.Version }
             equals new { e.ConversationId, e.Sequence } into edits
         from e in edits.DefaultIfEmpty()
         where m.ConversationId == conversation.Id && m.Sequence > after && m.Kind == EntryKind.Message
             && (m.Payload != null || m.Thread != null || e != null)
         orderby m.Sequence
         select new ReferringMessage(m.Sequence, m.SenderId, m.Thread, m.CreatedAt, m.Payload,
             e == null ? m.Sequence : e.Sequence, e == null ? m.Payload : e.Payload)).Take(Together).ToListAsync(ct);

    private async Task SetMentionsAsync(
        List<ReferringMessage> page, long after, long upTo, bool adds, CancellationToken ct)
    {
        var known = (await db.Set<MentionRow>().Where(m => m.ConversationId == conversation.Id
            && m.Sequence > after && m.Sequence <= upTo).ToListAsync(ct)).ToDictionary(m => (m.Sequence, m.UserId));
        var missing = new List<(ReferringMessage Message, string User)>();
        foreach (var message in page)
            foreach (var user in message.Named)
                if (!known.Remove((message.Sequence, UserId.Stored(user))) && adds
                    && (user == MentionRow.Everyone || TookPart(user, message.Version))) missing.Add((message, user));
        db.RemoveRange(known.Values); // nobody is named there now
        var apart = await FindApartAsync([.. missing.Select(one => one.Message.SenderId.Value).Distinct()], ct);
        foreach (var (message, user) in missing)
            if (!apart.Contains((message.SenderId.Value, user)))
                db.Add(new MentionRow
                {
                    ConversationId = conversation.Id, Tenant = conversation.Tenant, UserId = UserId.Stored(user),
                    Sequence = message.Sequence, Thread = message.Thread, CreatedAt = message.CreatedAt,
                });
    }

    /// <summary>In the order of the messages: who follows by several of them gets the position of the first.</summary>
    private async Task AddFollowsAsync(List<ReferringMessage> page, CancellationToken ct)
    {
        var replies = page.FindAll(message => message.Thread is not null);
        if (replies.Count == 0) return;
        var threads = replies.ConvertAll(reply => reply.Thread!.Value).Distinct().ToList();
        var known = (await db.Set<ThreadFollowRow>().AsNoTracking().Where(f =>
                f.ConversationId == conversation.Id && threads.Contains(f.Thread))
            .Select(f => new { f.Thread, f.UserId }).ToListAsync(ct)).Select(f => (f.Thread, f.UserId)).ToHashSet();
        var authors = await db.Messages.Where(m => m.ConversationId == conversation.Id && threads.Contains(m.Sequence))
            .ToDictionaryAsync(m => m.Sequence, m => m.SenderId, ct);
        var apart = await FindApartAsync([.. replies.Select(reply => reply.SenderId.Value).Distinct()], ct);
        foreach (var reply in replies)
        {
            var thread = reply.Thread!.Value;
            Add(thread, reply.SenderId, reply.Sequence);
            if (authors.TryGetValue(thread, out var author)) Add(thread, author, thread);
            foreach (var user in reply.NamedFirst)
                if (user != MentionRow.Everyone && TookPart(user, reply.Sequence)
                    && !apart.Contains((reply.SenderId.Value, user)))
                    Add(thread, UserId.Stored(user), reply.Sequence - 1);
        }

        void Add(long thread, UserId user, long position)
        {
            if (known.Add((thread, user)))
                db.Add(new ThreadFollowRow
                {
                    ConversationId = conversation.Id, UserId = user, Thread = thread, LastReadSequence = position,
                    IsFollowing = true,
                });
        }
    }

    private bool TookPart(string user, long sequence) => _members.TookPart(user, sequence) ?? _present.Contains(user);

    /// <summary>Those of whom one has blocked the other.</summary>
    private async Task<HashSet<(string, string)>> FindApartAsync(List<string> senders, CancellationToken ct)
    {
        if (senders.Count == 0) return [];
        var names = string.Join(", ", Enumerable.Range(1, senders.Count).Select(i => $"{{{i}}}"));
        var sql = "select user_id as \"UserId\", other_id as \"OtherId\" from user_blocks "
            + $"where tenant = {{0}} and (blocks or is_blocked) and user_id in ({names})";
        var found = await db.Database.SqlQueryRaw<UsersApart>(sql, [conversation.Tenant.Name, .. senders])
            .ToListAsync(ct);
        return [.. found.Select(one => (one.UserId, one.OtherId))];
    }
}
