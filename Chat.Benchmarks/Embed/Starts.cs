using System.Diagnostics;
using System.Net;
using Chat.Benchmarks.Starting;

namespace Chat.Benchmarks.Embed;

/// <summary>How long an application takes from its start to its first answer, over and over.</summary>
internal sealed class Starts(PackedApplication app)
{
    private const string Time = "time", Processor = "processor";

    private Medians _medians = new();

    /// <summary>In milliseconds.</summary>
    public double Median => _medians[Time];

    /// <summary>Of the processor, in milliseconds.</summary>
    public double MedianProcessor => _medians[Processor];

    public void Clear() => _medians = new Medians();

    public async Task MeasureAsync()
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = app.Published };
        foreach (var argument in new[]
        {
            Path.Combine(app.Published, "App.dll"), $"--urls=http://{address}", "--Chat:Identity:Mode=Open",
            "--Logging:LogLevel:Default=Warning",
        }) start.ArgumentList.Add(argument);
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            await FirstAnswer.WaitAsync(address, "/", process);
            _medians.Add(Time, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _medians.Add(Processor, process.TotalProcessorTime.TotalMilliseconds);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
