using System.Globalization;
using Chat.Benchmarks.Load;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures.Observing;
using Npgsql;

namespace Chat.Benchmarks.Observing;

/// <summary>Processes with an observer are killed while appends come, of which a tenth is taken back and some dawdle.
/// Each committed entry is to be shown, in the order of its conversation, and none that was taken back.</summary>
internal sealed class KillsPart(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int Conversations = 32, Writers = 4, Standing = 2, Dawdling = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, long> _at = [];
    private readonly Dictionary<(string, long), Guid> _ids = [];
    private readonly Lock _gate = new();
    private ObserverProcess? _runs;
    private TaskCompletionSource<ObserverProcess> _next = NewNext();
    private int _repeats, _takenBack, _dawdled;

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var database = await postgres.CreateDatabaseAsync();
        await using var stores = new StoreHost(new DatabaseSettings(DatabaseKind.Postgres, database));
        var processes = new List<ObserverProcess> { new ObserverProcess(database, Note) };
        await ExistsAsync(database);
        var conversations = await StoredConversations.MakeAsync(stores, Conversations);
        while (processes.Count <= Standing) processes.Add(new ObserverProcess(database, Note));
        using var ending = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers)
            .Select(n => Task.Run(() => WriteAsync(stores, conversations, new Random(n), ending.Token))));
        await using var source = NpgsqlDataSource.Create(database);
        var (leases, takes) = (new List<double>(), new List<double>());
        for (var kill = 0; kill < options.Int("kills"); kill++)
        {
            await Task.WhenAll(processes.Select(process => process.Ready));
            var running = await NextAsync();
            await Task.Delay(TimeSpan.FromSeconds(2 * Random.Shared.NextDouble()), time);
            var (epoch, at) = (await ReadEpochAsync(source), time.GetTimestamp());
            await running.KillAsync();
            lock (_gate) (_runs, _next) = (null, NewNext());
            processes.Remove(running);
            processes.Add(new ObserverProcess(database, Note));
            await Waiting.UntilAsync(async () => await ReadEpochAsync(source) > epoch, time);
            leases.Add(time.GetElapsedTime(at).TotalSeconds);
            await NextAsync();
            takes.Add(time.GetElapsedTime(at).TotalSeconds);
        }
        await ending.CancelAsync();
        await writing;
        var log = await ReadAsync(database);
        await Waiting.UntilAsync(() => Task.FromResult(HasAll(log)), time);
        foreach (var process in processes) await process.KillAsync();
        Compare(log);
        report.Add("kills_entries", log.Count);
        report.Add("kills_taken_back", _takenBack);
        report.Add("kills_dawdled", _dawdled);
        report.Add("kills_repeats", _repeats);
        if (takes.Count == 0) return;
        report.Add("kills_lease_taken_max_s", leases.Max());
        report.Add("kills_take_over_median_s", Median.Of(takes));
        report.Add("kills_take_over_max_s", takes.Max());
    }

    private static TaskCompletionSource<ObserverProcess> NewNext() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<ObserverProcess> NextAsync()
    {
        lock (_gate) return _next.Task;
    }

    private void Note(ObserverProcess process, string line)
    {
        var (conversation, sequence, id) = ObserverProcess.Read(line);
        lock (_gate)
        {
            if (_runs != process)
            {
                _runs = process;
                _next.TrySetResult(process);
            }
            var at = _at.GetValueOrDefault(conversation);
            if (sequence <= at)
            {
                _repeats++;
                if (_ids[(conversation, sequence)] != id)
                    report.Problem($"{conversation} {sequence} is two entries");
                return;
            }
            if (sequence > at + 1) report.Problem($"{conversation}: {sequence} after {at}");
            _at[conversation] = sequence;
            _ids[(conversation, sequence)] = id;
        }
    }

    private async Task WriteAsync(
        StoreHost stores, List<ConversationId> conversations, Random random, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            ConversationEntry[] drafts = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
                Drafts.Message(conversations[random.Next(conversations.Count)]))];
            try
            {
                var odd = random.Next(Dawdling);
                if (odd > 1) await stores.Messages.CommitAsync(Drafts.Of(drafts), Drafts.Noon, CancellationToken.None);
                else await AppendOddlyAsync(stores, drafts, random, isTakenBack: odd == 0);
            }
            catch (StoreException e) when (e.Failure is StoreFailure.Locked)
            {
                // NOTE: one that dawdles holds it; nothing was stored.
            }
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    private async Task AppendOddlyAsync(
        StoreHost stores, ConversationEntry[] drafts, Random random, bool isTakenBack)
    {
        await using var late = await LateAppend.BeginAsync(stores, drafts);
        await late.DawdleAsync(random);
        Interlocked.Increment(ref isTakenBack ? ref _takenBack : ref _dawdled);
        if (!isTakenBack) await late.CommitAsync();
    }

    private bool HasAll(Dictionary<(string, long), Guid> log)
    {
        lock (_gate) return log.Keys.All(_ids.ContainsKey);
    }

    private void Compare(Dictionary<(string, long), Guid> log)
    {
        foreach (var (place, id) in _ids)
            if (!log.TryGetValue(place, out var stored) || stored != id)
                report.Problem($"{place} was shown and is not in the log");
    }

    private async Task ExistsAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await Waiting.UntilAsync(async () => await ReadEpochAsync(source) is not null, time);
    }

    /// <summary>Each owner has another one; null: nobody had it yet.</summary>
    private static async Task<long?> ReadEpochAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select max(epoch) from observers");
        return await command.ExecuteScalarAsync() as long?;
    }

    private static async Task<Dictionary<(string, long), Guid>> ReadAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select conversation_id, sequence, message_id from messages");
        await using var reader = await command.ExecuteReaderAsync();
        var log = new Dictionary<(string, long), Guid>();
        while (await reader.ReadAsync())
            log.Add((reader.GetGuid(0).ToString("N", CultureInfo.InvariantCulture), reader.GetInt64(1)),
                reader.GetGuid(2));
        return log;
    }
}
