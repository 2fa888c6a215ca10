using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Users;

/// <summary>What is known of users, and who may know it. Failures are <see cref="StoreException"/>.</summary>
internal sealed class UserStore(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>Which of these users share a group or direct conversation with one of the same tenant; blocked ones, on
    /// either side, do not. The user's own id is among them where it was asked about.</summary>
    public Task<HashSet<UserId>> FindSharingAsync(
        UserKey user, IReadOnlyCollection<UserId> others, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var found = settings.Kind == DatabaseKind.Postgres
                ? (await db.Database.SqlQuery<string>(PostgresSharing(user, others)).ToListAsync(ct))
                    .Select(UserId.Stored).ToHashSet()
                : await Sharing(db, user, others).ToHashSetAsync(ct);
            if (others.Contains(user.Id)) found.Add(user.Id);
            return found;
        }, ct);

    /// <summary>The names of these users, null for those who have none, in the order given.</summary>
    public async Task<IReadOnlyList<UserProfile>> ReadAsync(
        Tenant tenant, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var names = await database.RunAsync(
            db => db.Users.AsNoTracking()
                .Where(u => u.Tenant == tenant && users.Contains(u.UserId) && u.Name != null)
                .Select(u => new { u.UserId, u.Name }).ToDictionaryAsync(u => u.UserId, u => u.Name, ct), ct);
        return [.. users.Select(user => new UserProfile(user, names.GetValueOrDefault(user)))];
    }

    /// <summary>Writes the user's name; false when it was so already.</summary>
    public Task<bool> SetNameAsync(UserKey user, string? name, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            var here = db.Users.Where(u => u.Tenant == user.Tenant && u.UserId == user.Id);
            if (await UpdateAsync() > 0) return true;
            if (name is null || await here.AnyAsync(ct)) return false;
            db.Users.Add(new UserRow { Tenant = user.Tenant, UserId = user.Id, Name = name });
            // Else somebody made the row at this moment.
            return await ChatDatabase.TrySaveAsync(db, ct) || await UpdateAsync() > 0;

            Task<int> UpdateAsync() => here.Where(u => u.Name != name)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.Name, name), ct);
        }, ct);

    /// <summary>For each of the others the first conversation that both are in: it ends the search, however many there
    /// are.</summary>
    private static FormattableString PostgresSharing(UserKey user, IReadOnlyCollection<UserId> others)
    {
        var ids = others.Select(other => other.Value).ToArray();
        return $"""
            select other.id as "Value" from unnest({ids}) as other(id)
             cross join lateral (
                   select 1 from participants theirs
                     join participants mine on mine.conversation_id = theirs.conversation_id
                          and mine.user_id = {user.Id.Value} and mine.role <> 2
                     join conversations c on c.id = theirs.conversation_id and c.kind <> 2
                    where theirs.tenant = {user.Tenant.Name} and theirs.user_id = other.id and theirs.role <> 2
                    limit 1) shared
            """;
    }

    private static IQueryable<UserId> Sharing(ChatDbContext db, UserKey user, IReadOnlyCollection<UserId> others)
    {
        var mine =
            from p in db.Participants
            join c in db.Conversations on p.ConversationId equals c.Id
            where p.Tenant == user.Tenant && p.UserId == user.Id && p.Role != ParticipantRole.Blocked
                && c.Kind != ConversationKind.Public
            select p.ConversationId;
        return db.Participants.Where(p => p.Tenant == user.Tenant && others.Contains(p.UserId)
                && p.Role != ParticipantRole.Blocked && mine.Contains(p.ConversationId))
            .Select(p => p.UserId).Distinct();
    }
}
