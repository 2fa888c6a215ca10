using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Growth;

/// <summary>Tests that count by PostgreSQL's own counters. A session reports when it ends, so each count begins with
/// new stores and ends with their end.</summary>
public abstract class OnCountingPostgres : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    internal StoreHost Stores { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        Database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        Stores = new StoreHost(Database.Settings);
    }

    public async Task DisposeAsync()
    {
        if (Database is null) return;
        await Stores.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>The rows of a table that were read meanwhile: from its indexes, and by scans.</summary>
    protected Task<long> RowsReadAsync(string table, Func<Task> work) => CountAsync(
        $"(select sum(idx_tup_read) from pg_stat_user_indexes where relname = '{table}')::bigint "
            + $"+ (select seq_tup_read from pg_stat_user_tables where relname = '{table}')", work);

    /// <summary>By how much the value of an SQL expression has risen meanwhile.</summary>
    protected async Task<long> CountAsync(string counter, Func<Task> work)
    {
        var before = await ReadAsync(counter);
        await work();
        return await ReadAsync(counter) - before;
    }

    private async Task<long> ReadAsync(string counter)
    {
        await Stores.DisposeAsync();
        await Eventually.HoldsAsync(async () =>
            await Database.QueryAsync("select 1 from pg_stat_activity where datname = current_database() "
                + "and backend_type = 'client backend' and pid <> pg_backend_pid()") is []);
        Stores = new StoreHost(Database.Settings);
        return long.Parse(Assert.Single(await Database.QueryAsync($"select {counter}")), null);
    }
}
