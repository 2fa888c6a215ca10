using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>Starts its own server, published ReadyToRun, on SQLite: on a new database file and on one that
/// exists.</summary>
internal sealed class Startup : IScenario
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chat-startup-");
    private string _server = "";

    public string Name => "startup";

    public string Summary =>
        "from starting the process to its first answer on /health (publishes and starts its own server: no --url)";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("starts", "11", "how often; the median counts"),
        new("published", "", "folder of a published server, instead of publishing one"),
        new("runtime", "linux-x64", "runtime to publish for"),
    ];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        var published = run.Options.TextOrNull("published");
        if (published is null)
            await PublishAsync(published = Path.Combine(_folder.FullName, "server"), run.Options.Text("runtime"), ct);
        _server = Path.Combine(Path.GetFullPath(published), "Chat.Server");
        if (!File.Exists(_server))
            throw new UsageException($"--published must be a folder with the published server; there is no {_server}");
        await StartOnceAsync(run, "warm.db", ct); // reads the files into the page cache
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        var starts = Math.Max(1, run.Options.Int("starts"));
        var (fresh, known) = (new List<double>(), new List<double>());
        for (var i = 0; i < starts; i++)
        {
            fresh.Add(await StartOnceAsync(run, $"fresh{i}.db", ct));
            known.Add(await StartOnceAsync(run, "warm.db", ct));
        }
        fresh.Sort();
        known.Sort();
        run.Report.Add("new_database_s", fresh[starts / 2]);
        run.Report.Add("existing_database_s", known[starts / 2]);
        run.Report.Add("worst_s", Math.Max(fresh[^1], known[^1]));
    }

    public Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static async Task PublishAsync(string folder, string runtime, CancellationToken ct)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Chat.sln"))) root = root.Parent;
        if (root is null)
            throw new UsageException(
                "the sources were not found: publish the server and name its folder with --published");
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(root.FullName, "Chat.Server"), "-c", "Release", "-r", runtime, "--self-contained",
                "false", "-o", folder, "-v", "q", "--nologo"])
        { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync(ct);
        await publish.WaitForExitAsync(ct);
        if (publish.ExitCode != 0) throw new IOException($"dotnet publish failed: {said}");
    }

    /// <returns>Seconds.</returns>
    private async Task<double> StartOnceAsync(LoadRun run, string database, CancellationToken ct)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(_server)
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["ConnectionStrings__Chat"] = $"Data Source={Path.Combine(_folder.FullName, database)}";
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var started = Stopwatch.GetTimestamp();
        using var server = Process.Start(start)!;
        server.OutputDataReceived += static (_, _) => { }; // drained, so that the server never waits for us
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        try
        {
            while (!await AnswersAsync(http, ct))
            {
                if (server.HasExited)
                    throw new IOException($"the server ended with code {server.ExitCode} instead of answering");
                await run.DelayAsync(TimeSpan.FromMilliseconds(1), ct);
            }
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken ct)
    {
        try
        {
            return await http.GetStringAsync("/health", ct) == """{"status":"ok"}""";
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            return false; // nobody listens yet
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
