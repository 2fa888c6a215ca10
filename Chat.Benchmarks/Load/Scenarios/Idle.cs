using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>Connections that do nothing. At the end one message to each room shows that all are alive.</summary>
internal sealed class Idle : IScenario
{
    private RoomTraffic? _traffic;
    private long _before; // resident, of the server

    public string Name => "idle";

    public string Summary =>
        "joined connections that say nothing: what each costs, and whether all are there at the end";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("connections", "19000", "how many; both ends need that many file descriptors"),
        new("room-size", "10", "members of a conversation"),
        new("hold", "20", "seconds to stay"),
        new("transport", "raw", "raw, hub, messagepack or sdk"),
    ];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        var size = Math.Max(1, run.Options.Int("room-size"));
        _traffic = new RoomTraffic(run, new TrafficShape
        {
            Transport = run.Options.OneOf<Transport>("transport"),
            Rooms = Math.Max(1, run.Options.Int("connections") / size), RoomSize = size, Senders = 1, Rate = 1,
            BodyBytes = 0,
        });
        _before = run.ServerProcess?.ResidentBytes ?? 0;
        await _traffic.PrepareAsync(ct);
        await run.DelayAsync(TimeSpan.FromSeconds(2), ct);
        run.Report.Add("connected", _traffic.Members.Count());
        ReportBytes("bytes_per_connection", run);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        var cpu = run.ServerProcess?.CpuSeconds;
        await run.DelayAsync(run.Options.Seconds("hold"), ct);
        if (cpu is { } before) run.Report.Add("server_cpu_s", run.ServerProcess!.CpuSeconds - before);
        ReportBytes("bytes_per_connection_held", run); // a server that is quiet has given back what opening them took
    }

    private void ReportBytes(string name, LoadRun run)
    {
        if (run.ServerProcess is { } server)
            run.Report.Add(name, (server.ResidentBytes - _before) / (double)_traffic!.Members.Count());
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        await using var traffic = _traffic!;
        // Enough messages that a sabotaged reader reaches the one that is tampered with.
        var messages = run.Sabotage == Sabotage.None ? 1 : 12;
        for (var i = 0; i < messages; i++)
            foreach (var room in traffic.Rooms) await room.Senders[0].SendAsync(ct);
        await traffic.VerifyAsync(traffic.Rooms.SelectMany(room => room.Members.Select(member => (room, member))), ct);
        run.Report.Add("deliveries", traffic.Received);
    }
}
