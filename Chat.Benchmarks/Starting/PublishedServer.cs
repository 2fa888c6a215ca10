using System.Diagnostics;
using System.Net;

namespace Chat.Benchmarks.Starting;

/// <summary>A published server that is started over and over: from the start of the process to the first answer, and
/// to the first message that is stored.</summary>
/// <param name="name">Of its figures.</param>
/// <param name="published">Where it is.</param>
internal sealed class PublishedServer(string name, string published)
{
    public string Name => name;

    public string Folder => published;

    public Medians Medians { get; } = new();

    /// <param name="kind">Of the database: the figures' names begin with it.</param>
    /// <param name="folder">Where it is started. Its SQLite file is there.</param>
    /// <param name="postgres">Null: SQLite.</param>
    public async Task MeasureAsync(string kind, string folder, string? postgres)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        var began = Stopwatch.GetTimestamp();
        using var process = Start(address, folder, postgres, []);
        try
        {
            await FirstAnswer.WaitAsync(address, "/health", process);
            Medians.Add($"{kind}_answer_ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Medians.Add($"{kind}_answer_processor_ms", process.TotalProcessorTime.TotalMilliseconds);
            await FirstMessage.StoreAsync(address);
            Medians.Add($"{kind}_stored_ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>How many methods are compiled while it starts: what was not compiled when it was published.</summary>
    public async Task CountAsync(string kind, string folder, string? postgres)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        var compiled = new CompiledMethods(Path.Combine(folder, "start.nettrace"));
        using var process = Start(address, folder, postgres, compiled.Environment);
        DateTimeOffset answered, stored;
        try
        {
            await FirstAnswer.WaitAsync(address, "/health", process);
            answered = TimeProvider.System.GetUtcNow();
            await FirstMessage.StoreAsync(address);
            stored = TimeProvider.System.GetUtcNow();
            await ProcessRunner.RunAsync("/bin/sh", "-c", $"kill -TERM {process.Id}");
            await process.WaitForExitAsync().WaitAsync(Bounds.Wait, TimeProvider.System);
        }
        catch
        {
            process.Kill();
            throw;
        }
        compiled.Read();
        Medians.Add($"{kind}_answer_compiled", compiled.Until(answered));
        Medians.Add($"{kind}_stored_compiled", compiled.Until(stored));
    }

    private Process Start(
        IPEndPoint address, string folder, string? postgres, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(Path.GetFullPath(published), "Chat.Server"))
        {
            WorkingDirectory = folder, ArgumentList = { $"--urls=http://{address}" },
            Environment =
            {
                ["Logging__LogLevel__Default"] = "None", ["Chat__Operators__Url"] = "http://127.0.0.1:0",
                ["ConnectionStrings__Chat"] = postgres ?? "Data Source=chat.db",
            },
        };
        start.Environment.Remove("DOTNET_RUNNING_IN_CONTAINER");
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
