using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Conversations and who takes part in them, through EF Core. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed partial class ConversationStore(
    ChatDatabase database, IShownLog shown, UnreadCounts unread, TimeProvider time)
{
    /// <summary>Stores a new conversation with its participants and its first entry in one transaction.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="created">The first entry, complete with sequence 1; its sender is the owner where
    /// <paramref name="hasOwner"/> says so.</param>
    /// <param name="kind">Group or direct. A direct conversation that the same two users have already is returned
    /// instead, unchanged.</param>
    /// <param name="hasOwner">False when nobody in particular made it (the REST surface names no creator).</param>
    public async Task<ConversationSummary> CreateAsync(
        Tenant tenant, ConversationCreatedEntry created, ConversationKind kind, bool hasOwner, CancellationToken ct)
    {
        var made = await CreateOrFindAsync(tenant, created, kind, hasOwner, ct);
        return (await unread.FillAsync([(created.SenderId, made)], ct))[0];
    }

    private Task<ConversationSummary> CreateOrFindAsync(
        Tenant tenant, ConversationCreatedEntry created, ConversationKind kind, bool hasOwner,
        CancellationToken ct) => database.ChangeUntilKnownAsync(
        async db =>
        {
            created = created with { Sequence = 1, CreatedAt = Microseconds.Truncate(created.CreatedAt) };
            var directKey = kind == ConversationKind.Direct ? DirectKey.Of(tenant, created.ParticipantIds) : null;
            if (directKey is not null && await FindDirectAsync(db, directKey, created.SenderId, ct) is { } existing)
                return existing;
            var row = AddNew(db, tenant, created, kind, directKey, hasOwner);
            if (await ChatDatabase.TrySaveAsync(db, ct)) return Summarize(row, 1, created);
            // The same pair at the same moment on another instance: the index let one of the two through.
            if (directKey is not null && await FindDirectAsync(db, directKey, created.SenderId, ct) is { } winner)
                return winner;
            // Made by this very call, when it was not known whether it had been.
            if (await db.Conversations.AnyAsync(c => c.Id == row.Id, ct))
                return Summarize(row, 1, created);
            throw new StoreException(StoreFailure.Rejected, $"conversation {created.ConversationId} exists already");
        }, ct);

    /// <summary>Which of these users may read the conversation; none when there is no such conversation.</summary>
    public Task<IReadOnlySet<UserId>> FindReadersAsync(
        ConversationId conversation, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        database.RunAsync<IReadOnlySet<UserId>>(
            async db =>
            {
                var kinds = await db.Conversations.Where(c => c.Id == conversation).Select(c => c.Kind).ToListAsync(ct);
                if (kinds.Count == 0) return new HashSet<UserId>();
                var roles = await db.Participants
                    .Where(p => p.ConversationId == conversation && users.Contains(p.UserId))
                    .Select(p => new { p.UserId, p.Role, p.RoleUntil }).ToDictionaryAsync(p => p.UserId, ct);
                var now = time.GetUtcNow();
                return users.Where(user => new ConversationAccess(
                    kinds[0], roles.TryGetValue(user, out var p) ? RoleNow.Of(p.Role, p.RoleUntil, now) : null,
                    AsOf: 0).MayRead).ToHashSet();
            }, ct);

    /// <summary>How far each participant has read, the furthest first; those who have read nothing are left
    /// out.</summary>
    public Task<List<ReadPosition>> ReadPositionsAsync(
        ConversationId conversation, int most, CancellationToken ct) => database.RunAsync(
        db => db.Participants.Where(p => p.ConversationId == conversation && p.LastReadSequence > 0
                && p.Role != ParticipantRole.Blocked)
            .OrderByDescending(p => p.LastReadSequence).ThenBy(p => p.UserId).Take(most)
            .Select(p => new ReadPosition(p.ConversationId, p.UserId, p.LastReadSequence)).ToListAsync(ct),
        ct);

    /// <summary>Moves the user's read position forward to <paramref name="sequence"/>, at most to the newest entry;
    /// never back.</summary>
    /// <remarks>In a public conversation, where everyone may read, a user who marks something as read becomes a
    /// participant; elsewhere it is ignored. What was marked as unread is so no longer, also where the position
    /// stays.</remarks>
    public Task<ReadMove> MarkReadAsync(
        ConversationId conversation, UserKey user, long sequence, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            var here = db.Participants.Where(p => p.ConversationId == conversation && p.UserId == user.Id);
            if (await MoveReadAsync(db, conversation, here, sequence, ct) is { } moved)
                return new ReadMove(moved, false);
            if (await here.Select(p => new { p.UnreadFrom }).FirstOrDefaultAsync(ct) is { } own)
                return new ReadMove(null, own.UnreadFrom is not null && await here.ExecuteUpdateAsync(
                    set => set.SetProperty(p => p.UnreadFrom, (long?)null), ct) > 0);
            return await MarkPublicAsync(db, conversation, user, here, sequence, ct);
        }, ct);

    /// <summary>Notes that what is behind this position is unread for the user. Who has no position in a public
    /// conversation, gets this one.</summary>
    public Task MarkUnreadAsync(ConversationId conversation, UserKey user, long position, CancellationToken ct) =>
        database.ChangeAsync(
        async db =>
        {
            var here = db.Participants.Where(p => p.ConversationId == conversation && p.UserId == user.Id);
            if (await here.Where(p => p.LastReadSequence > 0).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.UnreadFrom, position), ct) > 0) return true;
            // Nothing behind it was read, so it is the read position: a public conversation only.
            return (await MarkPublicAsync(db, conversation, user, here, position, ct)).Position is not null;
        }, ct);

    /// <summary>Notes whether the user wants notifications. In a public conversation that makes a participant of the
    /// user, as marking something as read does.</summary>
    public Task SetMutedAsync(
        ConversationId conversation, UserKey user, bool isMuted, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            var here = db.Participants.Where(p => p.ConversationId == conversation && p.UserId == user.Id);
            if (await UpdateAsync() > 0 || !isMuted) return true;
            db.Participants.Add(
                new ParticipantRow
                {
                    ConversationId = conversation, Tenant = user.Tenant, UserId = user.Id,
                    JoinedAt = Microseconds.Truncate(time.GetUtcNow()), IsMuted = true
                });
            return await ChatDatabase.TrySaveAsync(db, ct) || await UpdateAsync() > 0;

            Task<int> UpdateAsync() => here.ExecuteUpdateAsync(set => set.SetProperty(p => p.IsMuted, isMuted), ct);
        }, ct);

    /// <summary>Whether the tenant has such a conversation.</summary>
    public Task<bool> ExistsAsync(ConversationId conversation, Tenant tenant, CancellationToken ct) =>
        database.RunAsync(db => db.Conversations.AnyAsync(c => c.Id == conversation && c.Tenant == tenant, ct), ct);

    private static ConversationRow AddNew(
        ChatDbContext db, Tenant tenant, ConversationCreatedEntry created, ConversationKind kind, string? directKey,
        bool hasOwner)
    {
        var row = new ConversationRow
        {
            Id = created.ConversationId, Tenant = tenant, Kind = kind, Title = created.Title, DirectKey = directKey,
            CreatedAt = created.CreatedAt, LastSequence = 1, LastEntryAt = created.CreatedAt,
            ListedAt = created.CreatedAt,
        };
        db.Conversations.Add(row);
        db.Messages.Add(MessageRow.From(
            new EntryHeader(created.Id, created.ConversationId, created.Sequence, created.SenderId, created.CreatedAt),
            EntryContent.ConversationCreated(created.ParticipantIds, created.Title)));
        foreach (var user in created.ParticipantIds.Distinct())
        {
            var isOwner = hasOwner && user == created.SenderId;
            db.Participants.Add(new ParticipantRow
            {
                ConversationId = row.Id, Tenant = tenant, UserId = user, JoinedAt = created.CreatedAt,
                Role = isOwner ? ParticipantRole.Owner : ParticipantRole.Member,
                LastReadSequence = 1, // there was nothing before it to be read
            });
        }
        return row;
    }

    private static async Task<ConversationSummary?> FindDirectAsync(
        ChatDbContext db, string directKey, UserId user, CancellationToken ct)
    {
        var conversations = db.Conversations.Where(c => c.DirectKey == directKey);
        var own = db.Participants.Where(p => p.UserId == user)
            .Join(conversations, p => p.ConversationId, c => c.Id,
                (p, c) => new OwnRow
                {
                    Conversation = c, LastRead = p.LastReadSequence, UnreadFrom = p.UnreadFrom, IsMuted = p.IsMuted,
                });
        var found = await ListedRow.Of(db, own).FirstOrDefaultAsync(ct);
        if (found is not null) return found.Summarize();
        var row = await conversations.AsNoTracking().FirstOrDefaultAsync(ct);
        return row is null ? null : Summarize(row, 0, null);
    }

    /// <summary>In a public conversation, where everyone may read, makes a participant of the user.</summary>
    private async Task<ReadMove> MarkPublicAsync(
        ChatDbContext db, ConversationId conversation, UserKey user, IQueryable<ParticipantRow> here, long sequence,
        CancellationToken ct)
    {
        if (!await db.Conversations.AnyAsync(c => c.Id == conversation && c.Tenant == user.Tenant
                && c.Kind == ConversationKind.Public, ct))
            return default;
        db.Participants.Add(
            new ParticipantRow
            {
                ConversationId = conversation, Tenant = user.Tenant, UserId = user.Id,
                JoinedAt = Microseconds.Truncate(time.GetUtcNow())
            });
        await ChatDatabase.TrySaveAsync(db, ct);
        return new ReadMove(await MoveReadAsync(db, conversation, here, sequence, ct), false);
    }

    private static async Task<long?> MoveReadAsync(
        ChatDbContext db, ConversationId conversation, IQueryable<ParticipantRow> here, long sequence,
        CancellationToken ct)
    {
        var head = await db.Conversations.Where(c => c.Id == conversation).Select(c => c.LastSequence)
            .FirstOrDefaultAsync(ct);
        var position = Math.Min(sequence, head);
        var moved = await here.Where(p => p.LastReadSequence < position)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LastReadSequence, position)
                .SetProperty(p => p.UnreadFrom, (long?)null), ct);
        return moved > 0 ? position : null;
    }
}
