using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Sqlite;

namespace Chat.Server.Observers.Store;

/// <inheritdoc />
/// <remarks>One session writes at a time, so rows are committed in the order of their numbers: what is missing below
/// one that is there never comes.</remarks>
internal sealed class SqliteScanLog(SqliteConnections connections) : IScanLog
{
    private const string FindBefore =
        "select coalesce((select min(id) - 1 from messages where created_at >= $time), (select max(id) from messages), "
        + "0)";

    public Task<ScanPage> ReadAsync(IReadOnlyList<IdRange> gaps, long top, CancellationToken ct) =>
        connections.ReadAsync(session =>
        {
            using var command = session.Connection.CreateCommand();
            command.CommandText = ScanSql.SqliteRead;
            command.Parameters.AddWithValue("$top", top);
            command.Parameters.AddWithValue("$limit", IScanLog.PageEntries);
            using var reader = command.ExecuteReader();
            var page = new PageRead(IScanLog.PageBytes);
            var ids = new List<long>();
            while (reader.Read() && page.TryTake<SqliteColumn.Reader>(
                reader, new ConversationId(SqliteColumn.Reader.ReadGuid(reader, ScanSql.ConversationColumn))))
                ids.Add(reader.GetInt64(ScanSql.IdColumn));
            return ScanRows.ToPage(page, ids);
        }, ct);

    public Task<HashSet<string>> FindWritersAsync(CancellationToken ct) =>
        Task.FromResult<HashSet<string>>([]);

    public Task<long> FindEndAsync(CancellationToken ct) => connections.ReadAsync(session =>
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = ScanSql.FindEnd;
        return (long)command.ExecuteScalar()!;
    }, ct);

    public Task<long> FindBeforeAsync(DateTimeOffset time, CancellationToken ct) =>
        connections.ReadAsync(session =>
        {
            using var command = session.Connection.CreateCommand();
            command.CommandText = FindBefore;
            command.Parameters.AddWithValue("$time", Microseconds.ToUnix(time));
            return (long)command.ExecuteScalar()!;
        }, ct);
}
