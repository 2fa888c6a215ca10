using System.Text;
using Chat.Benchmarks.Load;
using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.Upgrade;

/// <summary>Sends to one server all the time, one message after the other, each with its receipt.</summary>
internal sealed class UpgradeSender(Uri server, string conversation, double rate, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private FrameSocket? _socket;
    private TaskCompletionSource<string> _answer = New();
    private volatile string? _ended;

    /// <summary>Time from a message to its receipt.</summary>
    public Latencies Took { get; } = new();

    /// <summary>Answers that were no receipts.</summary>
    public List<string> Refusals { get; } = [];

    public async Task OpenAsync(string user)
    {
        _socket = await FrameSocket.ConnectAsync(
            server, $"/api/v1/chat/ws?features=seq,receipts&user_id={user}", receiveBuffer: 0, default);
        _socket.Start(OnData, OnEnd);
        await AskAsync($$"""{"type":"join","conversation_id":"{{conversation}}"}""");
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var pace = new Pace(rate, time);
        for (var sent = 0; !ct.IsCancellationRequested; sent++)
        {
            await pace.NextAsync(ct);
            var asked = time.GetTimestamp();
            var answer = await AskAsync(
                $$"""{"type":"message","conversation_id":"{{conversation}}","body":"m{{sent}}"}""");
            Took.Add(time.GetElapsedTime(asked));
            if (answer.StartsWith("{\"type\":\"receipt\"", StringComparison.Ordinal)) continue;
            Refusals.Add(answer);
            if (!answer.StartsWith('{')) return; // the connection has ended
        }
    }

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? default;

    private async Task<string> AskAsync(string frame)
    {
        _answer = New();
        if (_ended is { } how) return how;
        try
        {
            await _socket!.SendTextAsync(Encoding.UTF8.GetBytes(frame), default);
            return await _answer.Task.WaitAsync(Bound, time);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return e.Message;
        }
    }

    private void OnEnd(string how)
    {
        _ended = how;
        _answer.TrySetResult(how);
    }

    private void OnData(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"type\":\"receipt\""u8) || payload.StartsWith("{\"type\":\"joined\""u8)
            || payload.StartsWith("{\"type\":\"error\""u8)) _answer.TrySetResult(Encoding.UTF8.GetString(payload));
    }

    private static TaskCompletionSource<string> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
