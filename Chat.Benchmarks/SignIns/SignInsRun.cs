using System.Globalization;
using Chat.Benchmarks.Load;
using Chat.Benchmarks.Load.Clients;
using Chat.Tests.Fixtures.Servers;

namespace Chat.Benchmarks.SignIns;

/// <summary>Connects to servers in open mode and with tokens, in turns, and compares memory and processor.</summary>
internal sealed class SignInsRun(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int AtOnce = 16, WarmUp = 1_000;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    private static readonly byte[] Join =
        """{"type":"join","conversation_id":"00000000-0000-0000-0000-000000000001"}"""u8.ToArray();

    public async Task RunAsync()
    {
        await using var site = await IssuerSite.StartAsync();
        SignInKind[] kinds = [SignInKind.Open, SignInKind.Es256, SignInKind.Rs256];
        var found = kinds.ToDictionary(kind => kind, _ => new List<SignInCost>());
        for (var round = 0; round < options.Int("rounds"); round++)
            foreach (var kind in round % 2 == 0 ? kinds : [.. kinds.Reverse()])
            {
                var cost = await MeasureAsync(kind, site);
                found[kind].Add(cost);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}, {kind}: {cost.Kib:0.00} KiB a connection, {cost.Microseconds:0.0} us a connect"));
            }
        var (kib, micros) = (MedianOf(found[SignInKind.Open], cost => cost.Kib),
            MedianOf(found[SignInKind.Open], cost => cost.Microseconds));
        report.Add("open_kib", kib);
        report.Add("open_us", micros);
        foreach (var kind in kinds.Skip(1))
        {
            var more = MedianOf(found[kind], cost => cost.Kib) - kib;
            var added = MedianOf(found[kind], cost => cost.Microseconds) - micros;
            var check = BareCheck.Microseconds(kind, site);
            var name = kind.ToString().ToLowerInvariant();
            report.Add($"{name}_kib_more", more);
            report.Add($"{name}_us_more", added);
            report.Add($"{name}_bare_check_us", check);
            report.Add($"{name}_checks", added / check);
            if (more > options.Number("kib")) report.Problem($"{kind}: an idle connection has more than --kib allows");
            if (added / check > options.Number("checks")) report.Problem($"{kind}: more than --checks allows");
        }
    }

    private static double MedianOf(List<SignInCost> costs, Func<SignInCost, double> of) =>
        Median.Of(costs.Select(of));

    private async Task<SignInCost> MeasureAsync(SignInKind kind, IssuerSite site)
    {
        var settings = kind == SignInKind.Open ? [] : site.Settings;
        await using var server = await Chat.Tests.Fixtures.Servers.ServerProcess.ServeAtAsync("http://127.0.0.1:0",
            options.TextOrNull("server"),
            [.. settings.ToEnvironment(), ("Logging__LogLevel__Microsoft", "Warning")]);
        await Waiting.UntilReadyAsync(server.Url, time);
        var process = new Load.ServerProcess(server.Id);
        // What is compiled and grown once is not counted.
        await EndAsync(await ConnectAsync(server.Url, Tokens(kind, site, "warm", WarmUp)));
        await Task.Delay(Settle, time);
        var tokens = Tokens(kind, site, "one", options.Int("connections"));
        var (bytes, cpu) = (process.ResidentBytes, process.CpuSeconds);
        var clients = await ConnectAsync(server.Url, tokens);
        cpu = process.CpuSeconds - cpu;
        await Task.Delay(options.Seconds("hold"), time);
        var cost = new SignInCost((process.ResidentBytes - bytes) / 1024.0 / clients.Length,
            cpu * 1e6 / clients.Length);
        await EndAsync(clients);
        return cost;
    }

    /// <summary>The connection parameters of these users, prepared before the measurement.</summary>
    private static string[] Tokens(SignInKind kind, IssuerSite site, string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"{prefix}-{i}").Select(user => kind switch
        {
            SignInKind.Es256 => $"access_token={site.SignEs256(IssuerSite.Claims(user))}",
            SignInKind.Rs256 => $"access_token={site.SignRs256(IssuerSite.Claims(user))}",
            _ => $"user_id={user}",
        })];

    private static async Task<FrameSocket[]> ConnectAsync(Uri server, string[] parameters)
    {
        var sockets = new FrameSocket[parameters.Length];
        await Parallel.ForEachAsync(parameters.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (one, ct) =>
            {
                var greeted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var socket = await FrameSocket.ConnectAsync(
                    server, $"/api/v1/chat/ws?features=seq&{one.Item}", receiveBuffer: 0, ct);
                socket.Start(_ => greeted.TrySetResult(), how => greeted.TrySetException(new IOException(how)));
                await socket.SendTextAsync(Join, ct);
                await greeted.Task.WaitAsync(ct);
                sockets[one.Index] = socket;
            });
        return sockets;
    }

    private static async Task EndAsync(FrameSocket[] sockets)
    {
        foreach (var socket in sockets) await socket.DisposeAsync();
    }
}
