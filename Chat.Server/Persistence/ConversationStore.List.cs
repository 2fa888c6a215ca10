using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;

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
        var query = new ListQuery(user, page, hasLobby, time.GetUtcNow());
        if (await shown.ReadListAsync(query, ct) is { } listed) return listed;
        var only = await database.RunAsync(db => WalkAsync(db, query, ct), ct);
        return await shown.ReadListAsync(query with { Only = only }, ct) ?? [];
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
