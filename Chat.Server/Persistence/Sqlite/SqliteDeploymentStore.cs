using Chat.Server.Callers;
using Chat.Server.Persistence.Deployments;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The row of the deployment on SQLite.</summary>
/// <remarks>How far the log went is noted in a file beside it (<see cref="SqliteLogEnd"/>), which a backup of the
/// database does not bring back.</remarks>
internal sealed class SqliteDeploymentStore(DatabaseSettings settings) : IDeploymentStore
{
    private const string ReadRow =
        "select id, key, generation, requires, mode, (select coalesce(max(id), 0) from messages) from deployment";

    private const string DrawRow =
        "update deployment set generation = randomblob(16) where generation = $seen";

    private const string SetMode = "update deployment set mode = $mode, requires = case when $mode <> 0 "
        + "then max(requires, $level) when requires = $level then 0 else requires end";

    private readonly string _connectionString = ConnectionStringOf(settings);

    private readonly SqliteLogEnd _end = new(new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource);

    public Task<Deployment> ReadAsync(CancellationToken ct) => RunAsync(connection =>
    {
        var found = Look(connection);
        // Once more: another process may have drawn a generation between the look at the file and that at the row.
        if (found.IsReplaced) found = Look(connection);
        return found;
    }, ct);

    public Task<Deployment> DrawAsync(Guid seen, CancellationToken ct) => RunAsync(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = DrawRow;
        command.Parameters.AddWithValue("$seen", seen.ToByteArray(true));
        command.ExecuteNonQuery();
        var (drawn, last) = Select(connection);
        _end.Write(drawn.Generation, last);
        return drawn;
    }, ct);

    public Task<Deployment> SetModeAsync(IdentityMode mode, CancellationToken ct) => RunAsync(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = SetMode;
        command.Parameters.AddWithValue("$mode", (short)mode);
        command.Parameters.AddWithValue("$level", Deployment.LevelOfTokens);
        command.ExecuteNonQuery();
        return Select(connection).Found;
    }, ct);

    /// <summary>Never: the file is one server's.</summary>
    public Task<bool> HasOlderServersAsync(int level, CancellationToken ct) => Task.FromResult(false);

    public Task RequireAsync(int level, CancellationToken ct) => RunAsync(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqliteSql.Require;
        command.Parameters.AddWithValue("$level", level);
        command.ExecuteNonQuery();
        return Select(connection).Found;
    }, ct);

    /// <summary>A file that is missing for a moment is not made.</summary>
    private static string ConnectionStringOf(DatabaseSettings settings)
    {
        var builder = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        if (builder.Mode == SqliteOpenMode.ReadWriteCreate) builder.Mode = SqliteOpenMode.ReadWrite;
        return builder.ConnectionString;
    }

    private Deployment Look(SqliteConnection connection)
    {
        var noted = _end.Read(); // before the row: it can only have gone on since
        var (found, last) = Select(connection);
        if (noted is { } end && (end.Generation != found.Generation || end.Last > last))
            return found with { IsReplaced = true };
        if (noted?.Last != last) _end.Write(found.Generation, last);
        return found;
    }

    private static (Deployment Found, long Last) Select(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = ReadRow;
        using var row = command.ExecuteReader();
        if (!row.Read()) throw new StoreException(StoreFailure.Unavailable, "the row of the deployment is missing");
        return (new Deployment(new Guid((byte[])row.GetValue(0), true), (byte[])row.GetValue(1),
            new Guid((byte[])row.GetValue(2), true), row.GetInt32(3), (IdentityMode)row.GetInt16(4),
            IsReplaced: false), row.GetInt64(5));
    }

    private async Task<Deployment> RunAsync(Func<SqliteConnection, Deployment> work, CancellationToken ct)
    {
        try
        {
            return await Task.Run(() =>
            {
                using var connection = new SqliteConnection(_connectionString);
                connection.Open();
                return work(connection);
            }, ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }
}
