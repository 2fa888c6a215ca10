using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chat.Benchmarks.Load;
using ServerProcess = Chat.Tests.Fixtures.Servers.ServerProcess;

namespace Chat.Benchmarks.Floods;

/// <summary>Floods a server and reports memory and response times.</summary>
internal sealed class FloodsRun(LoadOptions options, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10),
        Beat = TimeSpan.FromMilliseconds(250), Again = TimeSpan.FromMilliseconds(200);

    private readonly List<string> _problems = [];

    public async Task<int> RunAsync(TextWriter output)
    {
        var floods = Chosen();
        await using var server = await ServerProcess.ServeAtAsync("http://127.0.0.1:0",
            options.TextOrNull("server"), [.. Settings()]);
        var process = new Load.ServerProcess(server.Id);
        using var end = new CancellationTokenSource();
        var bystander = new Bystander(server.Url, time);
        var talking = bystander.RunAsync(end.Token);
        var site = new FloodSite(server.Url, IPAddress.Loopback, time);
        await site.PrepareAsync(options.Int("messages"), Math.Max(2, options.Int("conversations")), end.Token);

        if (options.Text("each") == "yes")
            foreach (var flood in floods) await RunAsync([flood], site, bystander, process, output);
        else await RunAsync(floods, site, bystander, process, output);

        await end.CancelAsync();
        await talking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var problem in _problems) await output.WriteLineAsync($"  problem: {problem}");
        return _problems.Count == 0 ? 0 : 1;
    }

    /// <summary>True when the connection was lost or refused.</summary>
    public static bool IsLoss(Exception e) =>
        e is IOException or SocketException or HttpRequestException or OperationCanceledException;

    private async Task RunAsync(IReadOnlyList<Flood> floods, FloodSite site, Bystander bystander,
        Load.ServerProcess process, TextWriter output)
    {
        var name = floods.Count == 1 ? floods[0].Name : "all at once";
        await Task.Delay(options.Seconds("rest"), time);
        bystander.Take();
        await Task.Delay(Quiet, time);
        var (quiet, _) = bystander.Take();
        var (idle, cpu) = (process.ResidentBytes, process.CpuSeconds);

        using var over = new CancellationTokenSource(options.Seconds("seconds"), time);
        var running = floods.SelectMany((flood, at) => Start(flood, site.From(AddressOf(at)), over.Token)).ToList();
        var (first, second) = (new List<long>(), new List<long>());
        var half = options.Seconds("seconds") / 2;
        for (var started = time.GetTimestamp(); !over.IsCancellationRequested;)
        {
            (time.GetElapsedTime(started) < half ? first : second).Add(process.ResidentBytes);
            await Task.Delay(Beat, time);
        }
        await Task.WhenAll(running);
        var (flooded, failures) = bystander.Take();
        var used = process.CpuSeconds - cpu;
        await Task.Delay(options.Seconds("rest"), time);
        var back = process.ResidentBytes;

        var peak = Math.Max(first.Max(), second.Max());
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{name}: idle {Mib(idle):0} MiB, peak {Mib(peak - idle):0} above "
            + $"(halves {Mib(first.Max() - idle):0}, {Mib(second.Max() - idle):0}), afterwards {Mib(back - idle):0}; "
            + $"processor {used:0} s; bystander p95 {flooded.Quantile(.95):0.0} ms of {flooded.Count}, quiet "
            + $"{quiet.Quantile(.95):0.0} ms, {failures} times connected again"));
        // All at once may use all parts of the memory budget; then it must not go on growing.
        if (floods.Count == 1)
            Demand(Mib(peak - idle) <= options.Number("above"), $"{name}: more memory than --above allows");
        else
            Demand(Mib(second.Max() - first.Max()) <= options.Number("growth"),
                $"{name}: more growth than --growth allows");
        Demand(Mib(back - idle) <= options.Number("back"), $"{name}: more memory afterwards than --back allows");
        Demand(flooded.Count > 0 && failures == 0, $"{name}: the bystander was not served");
        Demand(options.Number("slower") == 0
            || flooded.Quantile(.95) <= options.Number("slower") * quiet.Quantile(.95),
            $"{name}: the bystander was slower than --slower allows");
    }

    private static IEnumerable<Task> Start(Flood flood, FloodSite site, CancellationToken ct) =>
        Enumerable.Range(0, flood.Connections).Select(_ => Task.Run(() => RepeatAsync(flood, site, ct), ct));

    private static async Task RepeatAsync(Flood flood, FloodSite site, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await flood.RunAsync(site, ct);
            }
            catch (Exception e) when (IsLoss(e))
            {
                // NOTE: the server may refuse and cut a client that floods it.
            }
            await Task.Delay(Again, site.Time, CancellationToken.None);
        }
    }

    private void Demand(bool holds, string problem)
    {
        if (!holds) _problems.Add(problem);
    }

    private IReadOnlyList<Flood> Chosen()
    {
        if (options.TextOrNull("only") is not { } names) return FloodKinds.All;
        var wanted = names.Split(',', StringSplitOptions.TrimEntries);
        var unknown = wanted.Except(FloodKinds.All.Select(flood => flood.Name)).FirstOrDefault();
        return unknown is null
            ? [.. FloodKinds.All.Where(flood => wanted.Contains(flood.Name))]
            : throw new UsageException($"there is no flood {unknown}; --help lists them");
    }

    private IEnumerable<(string Name, string Value)> Settings()
    {
        yield return ("Logging__LogLevel__Default", "Warning");
        yield return ("Logging__LogLevel__Chat.Server.Hosting", "Information"); // where it listens
        if (options.TextOrNull("postgres") is { } postgres)
            yield return ("ConnectionStrings__Chat", postgres);
        var more = options.TextOrNull("settings") ?? "";
        foreach (var setting in more.Split(';', StringSplitOptions.RemoveEmptyEntries))
            yield return setting.Split('=', 2) is [var name, var value]
                ? (name.Trim().Replace(":", "__"), value.Trim())
                : throw new UsageException($"--settings has {setting} where name=value is expected");
    }

    /// <summary>Each kind uses its own address: 127.0.1.1, 127.0.1.2 and so on.</summary>
    private static IPAddress AddressOf(int flood) => new([127, 0, 1, (byte)(flood + 1)]);

    private static double Mib(long bytes) => bytes / 1048576.0;
}
