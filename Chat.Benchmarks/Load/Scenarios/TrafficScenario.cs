using Chat.Benchmarks.Load.Clients;
using Chat.Benchmarks.Load.Traffic;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>Warm-up, a measured window, a drain: what fan-out, rooms and acknowledged sends have in common.</summary>
internal abstract class TrafficScenario : IScenario
{
    private RoomTraffic? _traffic;

    public abstract string Name { get; }

    public abstract string Summary { get; }

    public IReadOnlyList<LoadOption> Options =>
    [
        .. Own,
        new("transport", "raw",
            "raw frames, hub (JSON protocol, light client), messagepack (likewise) or sdk (ChatHubConnection)"),
        new("size", "200", "characters of a message"),
        new("warmup", "6", "seconds before measuring"),
        new("duration", "10", "seconds measured"),
    ];

    protected abstract IReadOnlyList<LoadOption> Own { get; }

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        _traffic = new RoomTraffic(run, Shape(run.Options));
        await _traffic.PrepareAsync(ct);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        var traffic = _traffic!;
        traffic.Start(ct);
        await run.DelayAsync(run.Options.Seconds("warmup"), ct);
        var (received, sent, cpu) = (traffic.Received, traffic.Sent, run.ServerProcess?.CpuSeconds);
        var bytes = FrameSocket.BytesReceived;
        traffic.Meter.Open();
        await run.DelayAsync(run.Options.Seconds("duration"), ct);
        traffic.Meter.Close();
        var deliveries = traffic.Received - received;
        bytes = FrameSocket.BytesReceived - bytes;
        run.Report.Add("deliveries_per_s", deliveries / traffic.Meter.Seconds);
        run.Report.Add("sends_per_s", (traffic.Sent - sent) / traffic.Meter.Seconds);
        if (bytes > 0 && deliveries > 0) run.Report.Add("wire_bytes_per_delivery", (double)bytes / deliveries);
        if (cpu is { } before && deliveries > 0)
            run.Report.Add("server_cpu_us_per_delivery", (run.ServerProcess!.CpuSeconds - before) * 1e6 / deliveries);
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        await using var traffic = _traffic!;
        await traffic.StopAsync(ct);
        run.Report.Add("", traffic.Meter.Deliveries);
        run.Report.Add("ack_", traffic.Meter.Acknowledgements);
        if (traffic.Meter.Deliveries.Count == 0) run.Report.Problem("nothing was delivered in the measured window");
    }

    protected abstract TrafficShape Shape(LoadOptions options);
}
