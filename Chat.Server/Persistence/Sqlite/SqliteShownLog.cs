using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>What is shown, on SQLite.</summary>
internal sealed class SqliteShownLog(SqliteConnections connections) : IShownLog
{
    public Task<ShownPage?> ReadPageAsync(
        ConversationId conversation, ShownQuery query, PageLimit limit, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.Shown.ReadPage(conversation, query, limit), ct);

    public Task<IReadOnlyList<ConversationSummary>?> ReadListAsync(ListQuery query, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.Lists.Read(query), ct);

    public Task<Unread[]> CountUnreadAsync(IReadOnlyList<UnreadPlace> places, CancellationToken ct) =>
        places.Count == 0
            ? Task.FromResult<Unread[]>([])
            : connections.ReadAsync(reader => reader.Shown.CountUnread(places), ct);

    public Task<RecentMessages[]> ReadRecentAsync(IReadOnlyList<RecentPlace> places, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.Shown.ReadRecent(places), ct);
}
