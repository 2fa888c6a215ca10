using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>Some readers stop reading. The others must not notice, the server's memory neither, and the slow ones lose
/// nothing.</summary>
internal sealed class SlowReaders : IScenario
{
    private RoomTraffic? _traffic;

    public string Name => "slow-readers";

    public string Summary => "some of many readers stop reading: the others' p99 with them over without, the server's "
        + "memory, and whether the slow ones resume complete";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("readers", "1000", "members of the conversation"),
        new("slow", "10", "how many of them stop reading"),
        new("deliveries", "1000000", "deliveries to the others in each phase, without and with slow readers"),
        new("rate", "100", "messages a second"),
        new("size", "200", "characters of a message"),
        new("receive-buffer", "4096",
            "bytes of the slow sockets' receive buffers: small, so that the server feels them soon"),
        new("warmup", "6", "seconds before measuring"),
        new("transport", "raw", "raw, hub or messagepack"),
    ];

    private static Room Room(RoomTraffic traffic) => traffic.Rooms[0];

    private static Member[] Slow(LoadRun run, RoomTraffic traffic) => Room(traffic).Members[^run.Options.Int("slow")..];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        if (run.Options.Int("slow") >= run.Options.Int("readers"))
            throw new UsageException("--slow must be less than --readers");
        if (run.Options.Number("rate") <= 0) throw new UsageException("--rate must be above 0");
        _traffic = new RoomTraffic(run, new TrafficShape
        {
            Transport = run.Options.OneOf<Transport>("transport"), Rooms = 1, RoomSize = run.Options.Int("readers"),
            Senders = 1, Rate = run.Options.Number("rate"),
            BodyBytes = run.Options.Int("size"), SlowReceiveBuffer = run.Options.Int("receive-buffer"),
            SlowMembers = run.Options.Int("slow"),
        });
        await _traffic.PrepareAsync(ct);
        foreach (var member in Slow(run, _traffic)) member.Measured = false;
        _traffic.Start(ct);
        await run.DelayAsync(run.Options.Seconds("warmup"), ct);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        var (without, memoryWithout) = await PhaseAsync(run, ct);
        foreach (var member in Slow(run, _traffic!))
        {
            member.MayLoseConnection = true; // the server may close who takes nothing for too long
            member.Client!.Stall();
        }
        var (with, memoryWith) = await PhaseAsync(run, ct);
        run.Report.Add("before_", without);
        run.Report.Add("with_", with);
        run.Report.Add("p99_ratio", with.Quantile(0.99) / without.Quantile(0.99));
        if (run.ServerProcess is not null) run.Report.Add("server_growth_mb", (memoryWith - memoryWithout) / 1e6);
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        await using var traffic = _traffic!;
        await traffic.StopAsync(ct);
        var room = Room(traffic);
        var slow = Slow(run, traffic);
        run.Report.Add("slow_missed_messages", slow.Sum(member => room.Sent - member.Messages));
        if (slow.All(member => member.Messages == room.Sent))
            run.Report.Problem("no reader was slow: nothing was held back from those that do not read");
        foreach (var member in slow) member.Client!.Resume();
        // Whose connection held gets the rest on it; whose did not resumes where it was.
        await run.UntilAsync(() => slow.All(member => member.Disconnected || member.Messages >= room.Sent),
            TimeSpan.FromSeconds(20), ct);
        var cut = slow.Where(member => member.Messages < room.Sent).ToList();
        run.Report.Add("slow_reconnected", cut.Count);
        foreach (var member in cut) await traffic.ConnectAsync(room, member, member.LastSequence, ct);
        await traffic.VerifyAsync(slow.Select(member => (room, member)), ct);
    }

    /// <returns>The others' latencies, and the most memory the server had meanwhile.</returns>
    private async Task<(Latencies Latencies, long Peak)> PhaseAsync(LoadRun run, CancellationToken ct)
    {
        var traffic = _traffic!;
        traffic.Meter.Open();
        var latencies = traffic.Meter.Deliveries;
        long peak = 0;
        while (latencies.Count < run.Options.Int("deliveries"))
        {
            peak = Math.Max(peak, run.ServerProcess?.ResidentBytes ?? 0);
            await run.DelayAsync(TimeSpan.FromMilliseconds(50), ct);
        }
        traffic.Meter.Close();
        return (latencies, peak);
    }
}
