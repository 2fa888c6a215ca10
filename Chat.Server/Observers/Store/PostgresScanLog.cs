using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Observers.Store;

/// <inheritdoc />
internal sealed class PostgresScanLog(PostgresConnections connections) : IScanLog
{
    /// <summary>Looking for a time may read very many rows: there may be as many to show afterwards.</summary>
    private const int SearchSeconds = 600;

    // "offset 0" keeps the planner from walking all rows by their number until one is young enough.
    private const string FindBefore =
        "select coalesce((select min(id) from (select id from messages where created_at >= $1 offset 0) later) - 1, "
        + "(select max(id) from messages), 0)";

    public Task<ScanPage> ReadAsync(IReadOnlyList<IdRange> gaps, long top, CancellationToken ct) =>
        connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(
                gaps.Count == 0 ? ScanSql.Read : ScanSql.ReadWithGaps, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = top },
                    new NpgsqlParameter<int> { TypedValue = IScanLog.PageEntries },
                    new NpgsqlParameter<long> { TypedValue = IScanLog.PageBytes },
                },
            };
            if (gaps.Count > 0)
            {
                command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. gaps.Select(gap => gap.First)] });
                command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. gaps.Select(gap => gap.Last)] });
            }
            await using var reader = await command.ExecuteReaderAsync(ct);
            var page = new PageRead(IScanLog.PageBytes);
            var ids = new List<long>();
            while (await reader.ReadAsync(ct) && page.TryTake<PostgresColumn.Reader>(
                reader, new ConversationId(reader.GetGuid(ScanSql.ConversationColumn))))
                ids.Add(reader.GetInt64(ScanSql.IdColumn));
            return ScanRows.ToPage(page, ids);
        }, ct);

    public Task<HashSet<string>> FindWritersAsync(CancellationToken ct) => connections.ReadAsync(async connection =>
    {
        await using var command = new NpgsqlCommand(ScanSql.FindWriters, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) found.Add(reader.GetString(0));
        return found;
    }, ct);

    public Task<long> FindEndAsync(CancellationToken ct) => connections.ReadAsync(async connection =>
    {
        await using var command = new NpgsqlCommand(ScanSql.FindEnd, connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }, ct);

    public Task<long> FindBeforeAsync(DateTimeOffset time, CancellationToken ct) =>
        connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(FindBefore, connection)
            {
                CommandTimeout = SearchSeconds,
                Parameters =
                {
                    new NpgsqlParameter<DateTime>
                    {
                        TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz,
                    },
                },
            };
            return (long)(await command.ExecuteScalarAsync(ct))!;
        }, ct);
}
