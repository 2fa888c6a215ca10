using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Rights.Store;

/// <summary>Who is what in a conversation, as the database says now. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class RightsStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>What these users are in the conversation; null when the tenant has no such conversation.</summary>
    public Task<ConversationRoles?> FindAsync(
        ConversationId conversation, Tenant tenant, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        database.RunAsync(
        async db =>
        {
            // Its end is read first: what is read after it may be newer, and then the commit notices.
            var found = await db.Conversations.AsNoTracking()
                .FirstOrDefaultAsync(c => c.Id == conversation && c.Tenant == tenant, ct);
            if (found is null) return null;
            var rows = await Of(db, conversation).Where(p => users.Contains(p.UserId)).ToListAsync(ct);
            var owners = found.Kind == ConversationKind.Group ? await OwnersAsync(db, conversation, ct) : [];
            var now = time.GetUtcNow();
            return new ConversationRoles(found.Kind, SettingsOf(found), found.LastSequence,
                rows.ToDictionary(row => row.UserId, row => StandingOf(row, owners, now))) { Owners = owners };
        }, ct);

    private static ChangeConversation SettingsOf(ConversationRow row) => new()
    {
        Title = row.Title ?? "", Topic = row.Topic ?? "", AvatarUrl = row.AvatarUrl ?? "",
        IsArchived = row.IsArchived, SlowModeSeconds = row.SlowModeSeconds,
    };

    /// <summary>Who is to own the group when this user goes: the moderator who has been in it for longest, else the
    /// member; null when there is neither.</summary>
    public Task<UserId?> FindSuccessorAsync(ConversationId conversation, UserId gone, CancellationToken ct) =>
        database.RunAsync(
        async db =>
        {
            var others = Of(db, conversation).Where(p => p.UserId != gone);
            return await LongestAsync(others.Where(p => p.Role == ParticipantRole.Moderator), ct)
                ?? await LongestAsync(others.Where(p => p.Role == ParticipantRole.Member), ct);
        }, ct);

    /// <summary>A page of those who take part, by id, with the roles that hold now; blocked ones only where asked
    /// for.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="owners">Who owns it.</param>
    /// <param name="role">Only those with this role; null: all who take part.</param>
    /// <param name="after">Only users after this one.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<(UserId User, RoleStanding Standing)>> ListAsync(
        ConversationId conversation, IReadOnlyList<UserId> owners, ParticipantRole? role, UserId? after, int limit,
        CancellationToken ct) =>
        database.RunAsync(
        async db =>
        {
            var now = time.GetUtcNow();
            var rows = Of(db, conversation);
            rows = role switch
            {
                null => rows.Where(p => p.Role != ParticipantRole.Blocked),
                // Where nobody has the role, somebody stands in.
                ParticipantRole.Owner => await rows.AnyAsync(p => p.Role == role, ct)
                    ? rows.Where(p => p.Role == role)
                    : rows.Where(p => owners.Contains(p.UserId)),
                ParticipantRole.Member => rows.Where(p => !owners.Contains(p.UserId)
                    && (p.Role == ParticipantRole.Member
                        || (p.Role == ParticipantRole.Readonly && p.RoleUntil <= now))),
                ParticipantRole.Moderator => rows.Where(p => p.Role == role && !owners.Contains(p.UserId)),
                _ => rows.Where(p => p.Role == role && (p.RoleUntil == null || p.RoleUntil > now)),
            };
            if (after is { } last) rows = rows.Where(p => p.UserId.CompareTo(last) > 0);
            return (await rows.OrderBy(p => p.UserId).Take(limit).ToListAsync(ct))
                .ConvertAll(row => (row.UserId, StandingOf(row, owners, now)));
        }, ct);

    private static IQueryable<ParticipantRow> Of(ChatDbContext db, ConversationId conversation) =>
        db.Participants.AsNoTracking().Where(p => p.ConversationId == conversation);

    private static async Task<List<UserId>> OwnersAsync(
        ChatDbContext db, ConversationId conversation, CancellationToken ct)
    {
        var owners = await Of(db, conversation).Where(p => p.Role == ParticipantRole.Owner)
            .OrderBy(p => p.JoinedAt).ThenBy(p => p.UserId).Select(p => p.UserId).Take(2).ToListAsync(ct);
        if (owners.Count > 0) return owners;
        // Each role by itself: so the index has them in this order, and one row of each is read.
        var writers = Longest(Of(db, conversation).Where(p => p.Role == ParticipantRole.Member))
            .Concat(Longest(Of(db, conversation).Where(p => p.Role == ParticipantRole.Moderator)));
        return await LongestAsync(writers, ct) is { } longest ? [longest] : [];
    }

    private static IQueryable<ParticipantRow> Longest(IQueryable<ParticipantRow> rows) =>
        rows.OrderBy(p => p.JoinedAt).ThenBy(p => p.UserId).Take(1);

    private static async Task<UserId?> LongestAsync(IQueryable<ParticipantRow> rows, CancellationToken ct)
    {
        var found = await Longest(rows).Select(p => p.UserId).ToListAsync(ct);
        return found.Count == 0 ? null : found[0];
    }

    private static RoleStanding StandingOf(ParticipantRow row, IReadOnlyList<UserId> owners, DateTimeOffset now)
    {
        var role = RoleNow.Of(row.Role, row.RoleUntil, now);
        var isOut = row.Role == ParticipantRole.Blocked;
        if (owners.Contains(row.UserId)) return new(ParticipantRole.Owner, null, null, isOut);
        return role is ParticipantRole.Blocked or ParticipantRole.Readonly
            ? new(role, row.RoleUntil, row.RoleReason, isOut)
            : new(role, null, null, isOut);
    }
}
