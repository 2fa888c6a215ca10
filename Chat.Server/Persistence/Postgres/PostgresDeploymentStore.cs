using Chat.Server.Callers;
using Chat.Server.Persistence.Deployments;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The row of the deployment on PostgreSQL.</summary>
/// <remarks>A copy and a dump that was restored have other object ids, a cluster that was set up again another system
/// identifier, and a server that came out of recovery (a replica that took over, a point in time) another
/// timeline.</remarks>
internal sealed class PostgresDeploymentStore(PostgresConnections connections) : IDeploymentStore
{
    private const string Origin =
        "(select system_identifier from pg_control_system()) || '/' "
        + "|| (select oid from pg_database where datname = current_database()) || '/' "
        + "|| 'deployment'::regclass::oid || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)";

    private const string Read = "select id, key, generation, requires, mode, origin, ";

    private const string Draw = "update deployment set generation = gen_random_uuid(), origin = $2 "
        + "where generation = $1";

    private const string SetMode = "update deployment set mode = $1, requires = "
        + "case when $1 <> 0 then greatest(requires, $2) when requires = $2 then 0 else requires end";

    private const string Note = "update deployment set origin = $1 where origin is null";

    /// <summary>$1 a level. Servers say theirs in the name of their sessions, those of the first two levels not.
    /// Everybody may read that name.</summary>
    private const string FindOlder =
        """
        select exists (
            select 1 from pg_stat_activity
             where datname = current_database() and application_name ~ '^chat [0-9a-f]{32}( [0-9]+)?$'
               and coalesce(substring(application_name from ' ([0-9]+)$')::int, 0) < $1)
        """;

    private bool _tellsOrigin = true; // a hosted server may keep it to itself

    public Task<Deployment> ReadAsync(CancellationToken ct) => RunAsync(async connection =>
    {
        var (found, noted, origin) = await ReadAsync(connection, ct);
        if (noted is null && origin is not null) await ExecuteAsync(connection, Note, ct, Text(origin));
        return found with { IsReplaced = noted is not null && origin is not null && noted != origin };
    }, ct);

    public Task<Deployment> DrawAsync(Guid seen, CancellationToken ct) => RunAsync(async connection =>
    {
        var (_, _, origin) = await ReadAsync(connection, ct);
        await ExecuteAsync(connection, Draw, ct, new NpgsqlParameter<Guid> { TypedValue = seen }, Text(origin));
        return (await ReadAsync(connection, ct)).Found;
    }, ct);

    public Task<Deployment> SetModeAsync(IdentityMode mode, CancellationToken ct) => RunAsync(async connection =>
    {
        await ExecuteAsync(connection, SetMode, ct, new NpgsqlParameter<short> { TypedValue = (short)mode },
            new NpgsqlParameter<int> { TypedValue = Deployment.LevelOfTokens });
        return (await ReadAsync(connection, ct)).Found;
    }, ct);

    public Task<bool> HasOlderServersAsync(int level, CancellationToken ct) => RunAsync(async connection =>
    {
        await using var command = new NpgsqlCommand(FindOlder, connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = level } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }, ct);

    public Task RequireAsync(int level, CancellationToken ct) => RunAsync(async connection =>
    {
        await ExecuteAsync(connection, PostgresMembershipSql.Require, ct,
            new NpgsqlParameter<int> { TypedValue = level });
        return level;
    }, ct);

    private Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) =>
        PostgresConnections.RunAsync(connections.Reads, work, ct);

    private async Task<(Deployment Found, string? Noted, string? Origin)> ReadAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        if (_tellsOrigin)
            try
            {
                return await SelectAsync(connection, Origin, ct);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege
                or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.FeatureNotSupported)
            {
                _tellsOrigin = false;
            }
        return await SelectAsync(connection, "null::text", ct);
    }

    private static async Task<(Deployment Found, string? Noted, string? Origin)> SelectAsync(
        NpgsqlConnection connection, string origin, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"{Read}{origin} from deployment", connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            throw new StoreException(StoreFailure.Unavailable, "the row of the deployment is missing");
        return (new Deployment(row.GetGuid(0), row.GetFieldValue<byte[]>(1), row.GetGuid(2), row.GetInt32(3),
            (IdentityMode)row.GetInt16(4), IsReplaced: false), TextOf(row, 5), TextOf(row, 6));
    }

    private static string? TextOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
