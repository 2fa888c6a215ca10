using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>An axis of the stores: a database is filled to each size, and each call is made on it, on both
/// databases.</summary>
internal abstract class StoreAxis : IGrowthAxis
{
    protected static CancellationToken None => CancellationToken.None;

    public abstract string Name { get; }

    public abstract string Title { get; }

    public abstract IReadOnlyList<long> Sizes { get; }

    public abstract IReadOnlyList<long> QuickSizes { get; }

    /// <summary>SQLite is filled to this size at most: it is for smaller deployments.</summary>
    protected virtual long MostOfSqlite => 100_000;

    /// <summary>One after the other; each begins with databases of its own.</summary>
    protected virtual IReadOnlyList<string> Kinds => [""];

    public async Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run)
    {
        var tables = new List<GrowthTable>();
        foreach (var kind in Kinds)
            foreach (var database in new[] { DatabaseKind.Postgres, DatabaseKind.Sqlite })
                tables.Add(await MeasureAsync(run, kind, database));
        return tables;
    }

    /// <summary>Fills the database of the site.</summary>
    /// <returns>The calls, of which the names are the same at each size.</returns>
    protected abstract Task<IReadOnlyList<StoreCall>> FillAsync(StoreSite site, string kind, long size);

    private async Task<GrowthTable> MeasureAsync(GrowthRun run, string kind, DatabaseKind database)
    {
        var sizes = run.Sizes.Where(size => database == DatabaseKind.Postgres || size <= MostOfSqlite).ToList();
        var costs = new Dictionary<string, List<StoreCost>>();
        IReadOnlyList<StoreCall> calls = [];
        foreach (var size in sizes)
        {
            run.Progress($"{kind} {database} {size}");
            await using var site = await StoreSite.StartAsync(database, run);
            calls = await FillAsync(site, kind, size);
            await site.SettleAsync();
            foreach (var call in calls)
            {
                var cost = await site.MeasureAsync(Math.Min(run.Repeats, call.Most), call.RunAsync);
                if (!costs.TryGetValue(call.Name, out var known)) costs.Add(call.Name, known = []);
                known.Add(new StoreCost(cost.Microseconds / call.Of, cost.Rows / call.Of, cost.Blocks / call.Of,
                    database));
            }
        }
        var title = GrowthTable.TitleOf(database);
        return new GrowthTable(kind.Length > 0 ? $"{kind}, {title}" : title, StoreCost.Unit(database), sizes,
            [.. calls.Select(call => new GrowthLine(call.Name, [.. costs[call.Name].Select(cost => $"{cost}")],
                [.. costs[call.Name].Select(cost => cost.Counted)])
            {
                Why = call.Why, Least = StoreCost.Least(database),
            })]);
    }
}
