using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Benchmarks.Embed;

/// <summary>How long an application takes from its start to its first answer, over and over.</summary>
internal sealed class Starts(PackedApplication app)
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");

    private readonly List<double> _times = [], _processor = [];

    /// <summary>In milliseconds.</summary>
    public double Median => MedianOf(_times);

    /// <summary>Of the processor, in milliseconds.</summary>
    public double MedianProcessor => MedianOf(_processor);

    public void Clear()
    {
        _times.Clear();
        _processor.Clear();
    }

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
            while (!await AnswersAsync(address))
            {
                if (process.HasExited) throw new IOException($"it ended with {process.ExitCode} instead of answering");
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
            _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _processor.Add(process.TotalProcessorTime.TotalMilliseconds);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(IPEndPoint address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
        }
        catch (SocketException)
        {
            return false; // nobody listens yet
        }
        await socket.SendAsync(Request);
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, length).Contains(" 200 ", StringComparison.Ordinal)
            ? true
            : throw new IOException(Encoding.ASCII.GetString(buffer, 0, length));
    }

    private static double MedianOf(List<double> of) => of.Order().ElementAt(of.Count / 2);
}
