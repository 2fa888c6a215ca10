using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <content>Lists of conversations.</content>
internal sealed partial class ConversationStore
{
    /// <summary>A page of the user's conversations, most recently active first, with previews of the newest entries and
    /// read positions. Blocked ones are left out.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="page">Which page.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <param name="hasLobby">Whether the lobby is everybody's; else it is left out.</param>
    public async Task<IReadOnlyList<ConversationSummary>> ListAsync(
        UserKey user, CheckedListPage page, CancellationToken ct, bool hasLobby = true)
    {
        var listed = await ReadPageAsync(user, page, hasLobby, ct);
        return await unread.FillAsync([.. listed.Select(one => (user.Id, one))], ct);
    }

    private Task<IReadOnlyList<ConversationSummary>> ReadPageAsync(
        UserKey user, CheckedListPage page, bool hasLobby, CancellationToken ct) =>
        database.RunAsync<IReadOnlyList<ConversationSummary>>(
        async db =>
        {
            var parts = db.Participants
                .Where(p => p.Tenant == user.Tenant && p.UserId == user.Id && p.Role != ParticipantRole.Blocked);
            if (!hasLobby) parts = parts.Where(p => p.ConversationId != ConversationId.Lobby);
            var wanted = From(db.Conversations, page.After);
            if (await parts.Take(MostSorted + 1).CountAsync(ct) > MostSorted
                && await WalkAsync(db, user, parts, page, ct) is { } ids)
                wanted = db.Conversations.Where(c => ids.Contains(c.Id));
            var own = parts.Join(wanted, p => p.ConversationId, c => c.Id,
                    (p, c) => new OwnRow
                    {
                        Conversation = c, LastRead = p.LastReadSequence, UnreadFrom = p.UnreadFrom,
                        IsMuted = p.IsMuted,
                    })
                .OrderByDescending(o => o.Conversation.LastShownAt
                    ?? o.Conversation.LastEntryAt ?? o.Conversation.CreatedAt)
                .ThenByDescending(o => o.Conversation.Id).Take(page.Limit);
            var listed = await ReadAsync(ListedRow.Of(db, own), ct);
            if (!hasLobby) return [.. listed.Select(one => one.Summary)];
            // Everybody of its tenant belongs to the lobby, who has marked nothing in it too, and who was banned from
            // it until a time that is over.
            var now = time.GetUtcNow();
            var lobby = From(db.Conversations, page.After).Where(c => c.Id == ConversationId.Lobby
                && c.Tenant == user.Tenant
                && !db.Participants.Any(p => p.ConversationId == c.Id && p.UserId == user.Id
                    && (p.Role != ParticipantRole.Blocked || p.RoleUntil == null || p.RoleUntil > now)))
                .Select(c => new OwnRow { Conversation = c });
            listed.AddRange(await ReadAsync(ListedRow.Of(db, lobby), ct));
            return [.. listed.OrderByDescending(one => one.Place).Take(page.Limit).Select(one => one.Summary)];
        }, ct);

    private static async Task<List<(ListCursor Place, ConversationSummary Summary)>> ReadAsync(
        IQueryable<ListedRow> query, CancellationToken ct)
    {
        var read = new List<(ListCursor, ConversationSummary)>();
        await foreach (var one in query.AsAsyncEnumerable().WithCancellation(ct))
            read.Add((PlaceOf(one.Conversation), one.Summarize()));
        return read;
    }

    private static IQueryable<ConversationRow> From(IQueryable<ConversationRow> conversations, ListCursor? after)
    {
        if (after is not { ActiveAt: var at, Id: var id }) return conversations;
        return conversations.Where(c => (c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt) < at
            || ((c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt) == at && c.Id.CompareTo(id) < 0));
    }

    private static ListCursor PlaceOf(ConversationRow row) =>
        new(row.LastShownAt ?? row.LastEntryAt ?? row.CreatedAt, row.Id);

    internal static ConversationSummary Summarize(
        ConversationRow row, long lastRead, ConversationEntry? last, bool isMuted = false, long? unreadFrom = null) =>
        new()
    {
        Id = row.Id, Kind = row.Kind, Title = row.Title, CreatedAt = row.CreatedAt,
        LastSequence = row.LastSequence, LastEntry = EntryPreview.Of(last, out var isCut), IsLastEntryCut = isCut,
        Topic = row.Topic, AvatarUrl = row.AvatarUrl, IsArchived = row.IsArchived,
        LastReadSequence = lastRead, UnreadFrom = unreadFrom, IsMuted = isMuted, Cursor = PlaceOf(row).ToString(),
    };
}
