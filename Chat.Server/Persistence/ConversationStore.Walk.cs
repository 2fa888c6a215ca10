using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <content>Lists of users with very many conversations.</content>
internal sealed partial class ConversationStore
{
    /// <summary>How far <see cref="ConversationRow.ListedAt"/> may be behind, and a second.</summary>
    private static readonly TimeSpan Behind = ListedAt.Step + TimeSpan.FromSeconds(1);

    private const int FirstChunk = 500, MostWalked = 16_000;

    /// <summary>Finds the page by walking through the tenant's conversations from the most recently listed one on, and
    /// not through all of the user's; only where few of them are the user's through all of those.</summary>
    private static async Task<List<ConversationId>> WalkAsync(ChatDbContext db, ListQuery query, CancellationToken ct)
    {
        var (user, page) = (query.User, query.Page);
        var all = db.Conversations.Where(c => c.Tenant == user.Tenant);
        var parts = db.Participants
            .Where(p => p.Tenant == user.Tenant && p.UserId == user.Id && p.Role != ParticipantRole.Blocked);
        if (!query.HasLobby) parts = parts.Where(p => p.ConversationId != ConversationId.Lobby);
        var found = new List<ListCursor>();
        var rest = all.Where(c => c.ListedAt != null);
        if (page.After is { ActiveAt: var before }) rest = rest.Where(c => c.ListedAt <= before);
        for (var (chunk, walked) = (FirstChunk, 0); walked < MostWalked; walked += chunk, chunk *= 2)
        {
            var some = PlacesOf(rest.OrderByDescending(c => c.ListedAt).ThenByDescending(c => c.Id).Take(chunk));
            // Made by a server of the version before, and not listed yet.
            if (walked == 0) some = some.Concat(PlacesOf(all.Where(c => c.ListedAt == null).Take(FirstChunk)));
            var places = await some.ToListAsync(ct);
            places.ForEach(Add);
            var unlisted = places.RemoveAll(place => place.ListedAt is null);
            if (unlisted == FirstChunk) break;
            var last = places.Count == chunk ? places.MinBy(place => (place.ListedAt, place.Id)) : null;
            // What comes later was listed before, and became active at most so much after that.
            if (last is null || (found.Count >= page.Limit && Nth().ActiveAt > last.ListedAt + Behind))
                return [.. found.OrderDescending().Take(page.Limit).Select(place => place.Id)];
            rest = all.Where(c => c.ListedAt < last.ListedAt
                || (c.ListedAt == last.ListedAt && c.Id.CompareTo(last.Id) < 0));
        }
        var own = parts.Join(all, p => p.ConversationId, c => c.Id, (p, c) => c);
        if (page.After is { ActiveAt: var at, Id: var id })
            own = own.Where(c => (c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt) < at
                || ((c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt) == at && c.Id.CompareTo(id) < 0));
        return await own.OrderByDescending(c => c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt)
            .ThenByDescending(c => c.Id).Take(page.Limit).Select(c => c.Id).ToListAsync(ct);

        void Add(WalkedRow place)
        {
            if (place.OwnPosition is null) return;
            var cursor = new ListCursor(place.ActiveAt, place.Id);
            if (page.After is not { } after || cursor.CompareTo(after) < 0) found.Add(cursor);
        }

        ListCursor Nth() => found.OrderDescending().ElementAt(page.Limit - 1);

        // Each is looked for by itself: joined, the database would read all that the user takes part in.
        IQueryable<WalkedRow> PlacesOf(IQueryable<ConversationRow> conversations) =>
            conversations.Select(c => new WalkedRow
            {
                Id = c.Id, ListedAt = c.ListedAt, ActiveAt = c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt,
                OwnPosition = parts.Where(p => p.ConversationId == c.Id).Select(p => (long?)p.LastReadSequence)
                    .FirstOrDefault(),
            });
    }
}
