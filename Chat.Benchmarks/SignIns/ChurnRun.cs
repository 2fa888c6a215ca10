using Chat.Benchmarks.Floods;
using Chat.Benchmarks.Load;
using ServerProcess = Chat.Tests.Fixtures.Servers.ServerProcess;

namespace Chat.Benchmarks.SignIns;

/// <summary>Connections whose tokens live shortly: each gets a new one again and again, while messages go on.</summary>
internal sealed class ChurnRun(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int AtOnce = 32;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Level = TimeSpan.FromSeconds(10);

    private readonly TestTokens _tokens = new();

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        await using var server = await ServerProcess.ServeAtAsync("http://127.0.0.1:0", options.TextOrNull("server"),
            [.. _tokens.Settings.ToEnvironment(),
             ("ConnectionStrings__Chat", await postgres.CreateDatabaseAsync()), ("Chat__Limits__Factor", "1")]);
        using var level = new CancellationTokenSource();
        var (clients, renewing) = await ConnectAsync(server.Url, level.Token);
        using var over = new CancellationTokenSource(options.Seconds("seconds"), time);
        var sending = SendAsync(clients, over.Token);
        var memory = await WatchAsync(new Load.ServerProcess(server.Id), over.Token);
        await sending;
        await Task.Delay(Level, time); // what is under way arrives
        await level.CancelAsync();
        await Task.WhenAll(renewing);
        Report(clients, memory);
        foreach (var client in clients) await client.DisposeAsync();
    }

    /// <summary>Each connection gets new tokens as soon as it is open.</summary>
    private async Task<(ChurnClient[] Clients, Task[] Renewing)> ConnectAsync(Uri server, CancellationToken over)
    {
        var (count, size) = (options.Int("connections"), Math.Max(1, options.Int("room-size")));
        var life = options.Seconds("life");
        using var http = new HttpClient { BaseAddress = server };
        var (clients, renewing) = (new ChurnClient[count], new Task[count]);
        var rooms = new ChurnRoom[(count + size - 1) / size];
        for (var room = 0; room < rooms.Length; room++)
        {
            var members = Enumerable.Range(room * size, Math.Min(size, count - room * size)).Select(NameOf).ToList();
            http.DefaultRequestHeaders.Authorization = new("Bearer", _tokens.Of(members[0]));
            rooms[room] = new ChurnRoom(await FloodSite.MakeAsync(http, members, default));
        }
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, ct) =>
            {
                var client = new ChurnClient(rooms[i / size], () => _tokens.Of(NameOf(i), life), life, report, time);
                await client.OpenAsync(server, ct);
                (clients[i], renewing[i]) = (client, client.RenewAsync(over));
            });
        return (clients, renewing);
    }

    private static string NameOf(int client) => $"churn-{client}";

    private async Task SendAsync(ChurnClient[] clients, CancellationToken ct)
    {
        var pace = new Pace(options.Number("rate"), time);
        for (var sent = 0; !ct.IsCancellationRequested; sent++)
        {
            await pace.NextAsync(ct);
            await clients[sent % clients.Length].SendAsync($"m{sent}");
        }
    }

    private async Task<List<long>> WatchAsync(Load.ServerProcess server, CancellationToken ct)
    {
        var memory = new List<long>();
        while (!ct.IsCancellationRequested)
        {
            memory.Add(server.ResidentBytes);
            await Task.Delay(Beat, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return memory;
    }

    private void Report(ChurnClient[] clients, List<long> memory)
    {
        var third = memory.Count / 3;
        double Mean(int part) => memory.Skip(part * third).Take(third).Average() / (1024 * 1024);
        report.Add("connected", clients.Length);
        report.Add("renewed", clients.Sum(client => client.Renewed));
        report.Add("shown", clients.Sum(client => client.Shown));
        report.Add("gaps", clients.Sum(client => client.Gaps));
        report.Add("repeats", clients.Sum(client => client.Repeats));
        report.Add("lost_connections", clients.Count(client => client.HasEnded));
        report.Add("not_level", clients.Count(client => !client.IsLevel));
        for (var part = 0; part < 3; part++) report.Add($"memory_third_{part + 1}_mib", Mean(part));
        report.Add("memory_last_of_second", Mean(2) / Mean(1));
        foreach (var client in clients.Where(client => client.Gaps + client.Repeats > 0 || !client.IsLevel))
            report.Problem("a client was not shown all, once");
        if (Math.Abs(Mean(2) / Mean(1) - 1) > options.Number("growth") / 100)
            report.Problem("the memory of the last third is not that of the second");
    }
}
