using System.Diagnostics;
using Chat.Benchmarks.Load.Traffic;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Scenarios;

internal sealed class HistoryPaging : IScenario
{
    private readonly Latencies _latencies = new();
    private readonly string _user = $"history-{Random.Shared.Next():x8}";
    private Conversations? _hub;
    private ConversationId _conversation;
    private long _head;

    public string Name => "history";

    public string Summary => "pages at random places of a long conversation, over the hub";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("postgres", "", "connection string (Npgsql) of the server's database, to fill it directly"),
        new("sqlite", "", "or the server's database file"),
        new("entries", "1000000", "length of the conversation"),
        new("size", "200", "characters of a message"),
        new("limit", "50", "entries of a page"),
        new("pages", "3000", "pages read, one after the other"),
        new("warmup", "300", "pages before measuring"),
    ];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        _hub = await Conversations.ConnectAsync(run.Target, _user, ct);
        _conversation = await _hub.CreateAsync([UserId.Parse(_user)], ct);
        var (entries, size) = (run.Options.Int("entries"), run.Options.Int("size"));
        if (run.Options.TextOrNull("postgres") is { } connectionString)
            await HistoryFill.PostgresAsync(connectionString, _conversation, _user, entries, size, ct);
        else if (run.Options.TextOrNull("sqlite") is { } file)
            await HistoryFill.SqliteAsync(file, _conversation, _user, entries, size, ct);
        else
            throw new UsageException(
                "--postgres or --sqlite is required: the server's own database, which is filled directly");
        _head = (await _hub.HistoryAsync(_conversation, new HistoryQuery { Limit = 1 }, ct)).Head;
        if (_head < entries)
            run.Report.Problem(
                $"the conversation has {_head} entries where {entries} were filled in: is this the server's database?");
        for (var i = 0; i < run.Options.Int("warmup"); i++) await ReadPageAsync(run, measured: false, ct);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        for (var i = 0; i < run.Options.Int("pages"); i++) await ReadPageAsync(run, measured: true, ct);
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        run.Report.Add("page_", _latencies);
        await _hub!.DisposeAsync();
    }

    /// <summary>Backwards and forwards in turn: both are how clients page.</summary>
    private async Task ReadPageAsync(LoadRun run, bool measured, CancellationToken ct)
    {
        var limit = run.Options.Int("limit");
        var first = Random.Shared.NextInt64(2, _head - limit);
        var query = first % 2 == 0
            ? new HistoryQuery { After = first - 1, Limit = limit }
            : new HistoryQuery { Before = first + limit, Limit = limit };
        var started = Stopwatch.GetTimestamp();
        var page = await _hub!.HistoryAsync(_conversation, query, ct);
        if (measured) _latencies.Add(Stopwatch.GetElapsedTime(started));
        Check(run, page, first, limit);
    }

    private static void Check(LoadRun run, HistoryPage page, long first, int limit)
    {
        var entries = page.Entries.ToList();
        if (run.Sabotage == Sabotage.Loss) entries.RemoveAt(limit / 2);
        if (run.Sabotage == Sabotage.Repeat) entries.Insert(1, entries[0]);
        if (run.Sabotage == Sabotage.Order) entries.Reverse();
        var whole = entries.Count == limit;
        for (var i = 0; whole && i < limit; i++)
            whole = entries[i].Sequence == first + i && entries[i] is MessageEntry m
                && m.Body!.StartsWith($"entry {first + i} ", StringComparison.Ordinal);
        if (!whole) run.Report.Problem($"the page from {first} is not the {limit} entries that are there");
    }
}
