using System.Text.Json.Nodes;
using Chat.Benchmarks.Load;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Clients;
using Chat.Tests.Fixtures.Cluster.Faults;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Benchmarks.Chaos;

/// <summary>One run: a cluster, a load, a schedule of faults, and what is proved at the end.</summary>
internal sealed class ChaosRun(LoadOptions options, TimeProvider time)
{
    // The last messages are due a little before the last fault is healed, so that it finds the senders at work.
    private const double SendingPart = 0.95;

    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(TextWriter output, TextWriter errors)
    {
        var (seed, instances, asked) = (options.Int("seed"), Math.Max(1, options.Int("instances")),
            options.Seconds("level"));
        var duration = TimeSpan.FromMinutes(options.Number("minutes"));
        var schedule = ChaosSchedule.Make(seed, duration, instances);
        var shape = Shape(duration);
        await using var cluster = await ChatCluster.StartAsync(
            new ClusterOptions { Instances = instances, Durable = true, ServerFolder = options.TextOrNull("server") });
        await using var load = await ClusterLoad.StartAsync(cluster, shape);
        output.WriteLine(
            $"seed {seed}: {schedule.Count} steps of faults over {instances} instances, {shape.Messages} messages "
                + $"from {load.Senders.Count} senders to {load.Readers.Count} readers");
        var player = new ChaosPlayer(cluster, options.Seconds("stop"), time);
        var started = time.GetTimestamp();
        foreach (var step in schedule)
        {
            await Task.Delay(step.Pause, time, CancellationToken.None);
            output.WriteLine(
                $"{time.GetElapsedTime(started).TotalSeconds,6:0.0} s  {load.Acknowledged,7} acknowledged  {step}");
            await player.PlayAsync(step);
        }
        var healed = time.GetTimestamp();
        var isLevel = await load.LevelAsync(GiveUp);
        var level = time.GetElapsedTime(healed);
        var laggards = isLevel ? "" : await load.LaggardsAsync();
        var findings = HistoryChecker.Check(await load.StopAsync());
        foreach (var problem in player.Problems) findings.Add(HistoryFault.Complaint, problem);
        if (level > asked)
            findings.Add(HistoryFault.Complaint,
                $"level after {level.TotalMilliseconds:0} ms, {asked.TotalMilliseconds:0} ms are "
                    + $"allowed{(isLevel ? "" : $": {laggards}")}");
        if (load.Acknowledged != shape.Messages)
            findings.Add(HistoryFault.Complaint, $"{load.Acknowledged} of {shape.Messages} messages were acknowledged");
        WriteLogs(cluster);
        output.WriteLine(Summary(load, player, findings, level, time.GetElapsedTime(started)).ToJsonString());
        if (findings.Count == 0) return 0;
        errors.WriteLine(findings);
        return 1;
    }

    private LoadShape Shape(TimeSpan duration)
    {
        var (messages, senders, readers) = (options.Int("messages"), Math.Max(4, options.Int("senders")), Math.Max(5,
            options.Int("readers")));
        return new LoadShape
        {
            Messages = messages,
            PerSecond = messages / (duration.TotalSeconds * SendingPart),
            RawSenders = senders / 3,
            HubSenders = senders / 3,
            RestSenders = (senders - senders / 3 * 2 + 1) / 2,
            RoomSenders = (senders - senders / 3 * 2) / 2,
            RawReaders = readers * 2 / 5,
            HubReaders = readers * 2 / 5,
            PlainReaders = Math.Max(1, readers / 10),
            RoomReaders = Math.Max(1, readers / 10),
            Outsiders = 2,
            Sabotage = ChaosSabotage.Of(options.OneOf<Sabotage>("sabotage")),
        };
    }

    private static JsonObject Summary(
        ClusterLoad load, ChaosPlayer player, HistoryFindings findings, TimeSpan level, TimeSpan took)
    {
        var latencies = new Latencies();
        foreach (var latency in load.Senders.SelectMany(sender => sender.Latencies)) latencies.Add(latency);
        var faults = new JsonObject();
        foreach (var (kind, count) in player.Played) faults[kind] = count;
        return new JsonObject
        {
            ["messages"] = load.Quota.Messages,
            ["acknowledged"] = load.Acknowledged,
            ["lost"] = findings.CountOf(HistoryFault.Lost),
            ["repeated"] = findings.CountOf(HistoryFault.Repeated),
            ["out_of_order"] = findings.CountOf(HistoryFault.OutOfOrder),
            ["leaked"] = findings.CountOf(HistoryFault.Leaked),
            ["problems"] = findings.Count,
            ["shown"] = load.Readers.Sum(reader => reader.Count),
            ["reconnects"] = load.Readers.Sum(reader => reader.Epochs.Count),
            ["outsiders_refused"] = load.Outsiders.Sum(outsider => outsider.Refusals),
            ["faults"] = faults,
            ["level_ms"] = Math.Round(level.TotalMilliseconds),
            ["send_p50_ms"] = Math.Round(latencies.Quantile(0.5), 1),
            ["send_p99_ms"] = Math.Round(latencies.Quantile(0.99), 1),
            ["send_max_ms"] = Math.Round(latencies.Max, 1),
            ["seconds"] = Math.Round(took.TotalSeconds, 1),
        };
    }

    private void WriteLogs(ChatCluster cluster)
    {
        if (options.TextOrNull("logs") is not { } folder) return;
        Directory.CreateDirectory(folder);
        for (var i = 0; i < cluster.Instances.Count; i++)
            File.WriteAllText(Path.Combine(folder, $"instance{i}.log"), cluster[i].Output);
    }
}
