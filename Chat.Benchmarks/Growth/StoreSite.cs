using System.Diagnostics;
using System.Globalization;
using Chat.Benchmarks.Load;
using Chat.Server.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Chat.Benchmarks.Growth;

/// <summary>A database for one size, and what calls of the stores cost on it.</summary>
internal sealed class StoreSite : IAsyncDisposable
{
    private const string Counters =
        """
        select (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables)
                 + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes),
               (select coalesce(sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0)), 0)
                  from pg_statio_user_tables)
        """;

    private readonly PostgresServer? _postgres;
    private readonly DirectoryInfo? _folder;
    private (double Rows, double Blocks)? _known; // as it was at the end of the call before

    private StoreSite(DatabaseSettings settings, PostgresServer? postgres, DirectoryInfo? folder) =>
        (Settings, _postgres, _folder, Stores) = (settings, postgres, folder, new StoreHost(settings));

    public DatabaseSettings Settings { get; }

    public DatabaseKind Kind => Settings.Kind;

    public StoreHost Stores { get; private set; }

    public static async Task<StoreSite> StartAsync(DatabaseKind kind, GrowthRun run)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var postgres = await run.Postgres.Value;
            return new StoreSite(new DatabaseSettings(kind, await postgres.CreateDatabaseAsync()), postgres, null);
        }
        var folder = Directory.CreateTempSubdirectory("chat-growth-");
        var site = new StoreSite(
            new DatabaseSettings(kind, $"Data Source={Path.Combine(folder.FullName, "chat.db")}"), null, folder);
        await site.Stores.Migrator.MigrateAsync(CancellationToken.None);
        return site;
    }

    /// <summary>Runs statements, one after the other.</summary>
    public async Task ExecuteAsync(params IEnumerable<string> statements)
    {
        await using var context = await Stores.CreateContextAsync();
        await context.Database.OpenConnectionAsync();
        foreach (var statement in statements)
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 1_800;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>As a server that has run for a while has its tables.</summary>
    public Task SettleAsync() => ExecuteAsync(
        Kind == DatabaseKind.Postgres ? ["vacuum analyze"] : (string[])["pragma wal_checkpoint(truncate)"]);

    /// <summary>What one call costs, of several: the median time, and on PostgreSQL the rows and blocks that were
    /// read.</summary>
    public async Task<StoreCost> MeasureAsync(int repeats, Func<StoreHost, int, Task> call)
    {
        _known ??= await ReadAsync();
        var times = new List<double>();
        for (var i = 0; i < repeats; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await call(Stores, i);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        var (before, after) = (_known.Value, await ReadAsync());
        _known = after;
        return new StoreCost(Median.Of(times), (after.Rows - before.Rows) / repeats,
            (after.Blocks - before.Blocks) / repeats, Kind);
    }

    public async ValueTask DisposeAsync()
    {
        await Stores.DisposeAsync();
        if (_postgres is not null) await GrowthRun.DropAsync(_postgres, Settings.ConnectionString);
        if (_folder is null) return;
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>Sessions report what they have read when they end, or when they are asked to.</summary>
    private async Task<(double Rows, double Blocks)> ReadAsync()
    {
        if (Kind == DatabaseKind.Sqlite) return default;
        await Stores.DisposeAsync();
        Stores = new StoreHost(Settings);
        await using var context = await Stores.CreateContextAsync();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "select count(*) from pg_stat_activity where datname = current_database() "
            + "and backend_type = 'client backend' and pid <> pg_backend_pid()";
        while (Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        command.CommandText = Counters;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return ((double)reader.GetDecimal(0), (double)reader.GetDecimal(1));
    }
}
