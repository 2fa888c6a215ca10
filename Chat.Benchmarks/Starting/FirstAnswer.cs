using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Benchmarks.Starting;

/// <summary>Asks an address until it answers 200.</summary>
internal static class FirstAnswer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <param name="address">Where the process will listen.</param>
    /// <param name="path">What it is asked for.</param>
    /// <param name="process">The process that is starting.</param>
    /// <exception cref="IOException">It ended, or answered something else.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public static async Task WaitAsync(IPEndPoint address, string path, Process process)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        using var bound = new CancellationTokenSource(Bounds.Wait, TimeProvider.System);
        while (!await AnswersAsync(address, request, bound.Token))
        {
            if (process.HasExited) throw new IOException($"it ended with {process.ExitCode} instead of answering");
            await Task.Delay(Pause, TimeProvider.System, bound.Token);
        }
    }

    private static async Task<bool> AnswersAsync(IPEndPoint address, byte[] request, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, ct);
        }
        catch (SocketException)
        {
            return false; // nobody listens yet
        }
        await socket.SendAsync(request, ct);
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer, ct);
        var answer = Encoding.ASCII.GetString(buffer, 0, length);
        return answer.Contains(" 200 ", StringComparison.Ordinal) ? true : throw new IOException(answer);
    }
}
