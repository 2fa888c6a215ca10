using System.Diagnostics;
using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>A client that was away joins with the sequence it saw last and gets what it missed.</summary>
internal sealed class CatchUp : IScenario
{
    private const int FillWindow = 256;

    private RoomTraffic? _fill;

    public string Name => "catch-up";

    public string Summary => "one connection catches up on many missed entries, over raw frames and over the hub";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("entries", "10000", "entries missed"),
        new("repeats", "9", "connections that catch up, one after the other; the median counts"),
        new("size", "200", "characters of a message"),
        new("transport", "raw,hub", "which, separated by commas: raw, hub, messagepack, sdk"),
    ];

    /// <summary>Fills the conversation from one socket with many messages under way.</summary>
    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        var shape = new TrafficShape
        {
            Transport = Transport.Raw, Rooms = 1, RoomSize = 1, Senders = 1, Window = FillWindow,
            BodyBytes = run.Options.Int("size")
        };
        _fill = new RoomTraffic(run, shape);
        await _fill.PrepareAsync(ct);
        var wanted = run.Options.Int("entries");
        var sender = _fill.Rooms[0].Senders[0];
        await sender.RunAsync(() => sender.Sent >= wanted, ct);
        await _fill.StopAsync(ct);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        foreach (var name in run.Options.Text("transport").Split(','))
        {
            if (!Enum.TryParse<Transport>(name, ignoreCase: true, out var transport))
                throw new UsageException("--transport must name raw, hub, messagepack or sdk");
            var rates = new List<double>();
            for (var i = 0; i < run.Options.Int("repeats"); i++) rates.Add(await CatchUpOnceAsync(run, transport, ct));
            rates.Sort();
            run.Report.Add($"{name}_entries_per_s", rates[rates.Count / 2]);
            run.Report.Add($"{name}_best_entries_per_s", rates[^1]);
        }
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct) => await _fill!.DisposeAsync();

    /// <returns>Entries a second, from asking to having all of them.</returns>
    private async Task<double> CatchUpOnceAsync(LoadRun run, Transport transport, CancellationToken ct)
    {
        var room = _fill!.Rooms[0];
        var head = room.Members[0].LastSequence;
        var sink = new CatchUpSink(head, run.Report);
        IDeliverySink watched = run.Sabotage == Sabotage.None ? sink : new SabotagedSink(sink, run.Sabotage);
        await using var client = await LoadClient.ConnectAsync(transport, run.Target, room.Members[0].User, watched,
            ct);
        var started = Stopwatch.GetTimestamp();
        await client.JoinAsync(room.Conversation, 0, ct);
        await sink.Complete.WaitAsync(TimeSpan.FromSeconds(60), run.Time, ct);
        return head / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private sealed class CatchUpSink(long head, LoadReport report) : IDeliverySink
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _last;

        public Task Complete => _complete.Task;

        public void OnEntry(long sequence, ReadOnlySpan<byte> body)
        {
            if (sequence != _last + 1) report.Problem($"sequence {sequence} came after {_last}");
            if (!body.IsEmpty && !Marker.TryRead(body, out _))
                report.Problem($"entry {sequence} has another text than was sent");
            _last = sequence;
            if (sequence == head) _complete.TrySetResult();
        }

        public void OnAcknowledged(int number) { }

        public void OnProblem(string text)
        {
            report.Problem(text);
            _complete.TrySetException(new IOException(text));
        }
    }
}
