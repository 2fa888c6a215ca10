using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Runs a statement that finds all of its rows by an index, and so has one good plan, which its session keeps:
/// to plan it each time would be much of what it costs.</summary>
/// <remarks>The plan may be made while tables are empty: it can only go from row to row, by indexes. The settings are
/// those of the transaction, which a batch is; what else the session reads is planned for the values at hand.</remarks>
internal static class PostgresKeptPlan
{
    private const string Settings =
        "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), "
            + "set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";

    /// <param name="connection">The session.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters, in order.</param>
    /// <param name="read">Reads what it answers.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task<T> ReadAsync<T>(NpgsqlConnection connection, string sql,
        IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(Settings), command },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await read(reader);
    }
}
