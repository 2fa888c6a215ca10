using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <content>Lists of users with very many conversations.</content>
internal sealed partial class ConversationStore
{
    /// <summary>Up to so many conversations of a user are all sorted for a page.</summary>
    internal const int MostSorted = 2_000;

    /// <summary>How far <see cref="ConversationRow.ListedAt"/> may be behind, and a second.</summary>
    private static readonly TimeSpan Behind = ListedAt.Step + TimeSpan.FromSeconds(1);

    private const int FirstChunk = 500, MostWalked = 16_000;

    /// <summary>Finds the page by walking through the tenant's conversations from the most recently listed one on, and
    /// not through all of the user's.</summary>
    /// <returns>Null where few of the conversations that were walked through are the user's: sorting is better.
    /// </returns>
    private static async Task<List<ConversationId>?> WalkAsync(
        ChatDbContext db, UserKey user, IQueryable<ParticipantRow> parts, CheckedListPage page, CancellationToken ct)
    {
        // Made by a server of the version before, and not listed yet.
        var unlisted = await PlacesOf(db.Conversations.Where(c => c.Tenant == user.Tenant && c.ListedAt == null)
            .Take(FirstChunk)).ToListAsync(ct);
        if (unlisted.Count == FirstChunk) return null;
        var found = new List<ListCursor>();
        await AddOwnAsync(unlisted);
        var rest = db.Conversations.Where(c => c.Tenant == user.Tenant);
        if (page.After is { ActiveAt: var before }) rest = rest.Where(c => c.ListedAt <= before);
        for (var (chunk, walked) = (FirstChunk, 0); walked < MostWalked; walked += chunk, chunk *= 2)
        {
            var places = await PlacesOf(rest.Where(c => c.ListedAt != null).OrderByDescending(c => c.ListedAt)
                .ThenByDescending(c => c.Id).Take(chunk)).ToListAsync(ct);
            await AddOwnAsync(places);
            var last = places.Count == chunk ? places[^1] : null;
            // What comes later was listed before, and became active at most so much after that.
            if (last is null || (found.Count >= page.Limit && Nth().ActiveAt > last.ListedAt + Behind))
                return [.. found.OrderDescending().Take(page.Limit).Select(place => place.Id)];
            rest = db.Conversations.Where(c => c.Tenant == user.Tenant && (c.ListedAt < last.ListedAt
                || (c.ListedAt == last.ListedAt && c.Id.CompareTo(last.Id) < 0)));
        }
        return null;

        // By their ids: asked in the same statement, the database reads all that the user takes part in.
        async Task AddOwnAsync(List<WalkedRow> places)
        {
            if (places.Count == 0) return;
            var ids = places.ConvertAll(place => place.Id);
            var own = await parts.Where(p => ids.Contains(p.ConversationId)).Select(p => p.ConversationId)
                .ToHashSetAsync(ct);
            foreach (var place in places.Where(one => own.Contains(one.Id))
                .Select(one => new ListCursor(one.ActiveAt, one.Id)))
                if (page.After is not { } after || place.CompareTo(after) < 0) found.Add(place);
        }

        ListCursor Nth() => found.OrderDescending().ElementAt(page.Limit - 1);
    }

    private static IQueryable<WalkedRow> PlacesOf(IQueryable<ConversationRow> conversations) =>
        conversations.Select(c => new WalkedRow
        {
            Id = c.Id, ListedAt = c.ListedAt, ActiveAt = c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt,
        });
}
