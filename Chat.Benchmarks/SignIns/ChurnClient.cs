using System.Text;
using Chat.Benchmarks.Load;
using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.SignIns;

/// <summary>A raw socket that is given a new token whenever 70 to 90 % of the last one's life are over.</summary>
/// <param name="room">What it reads and writes.</param>
/// <param name="token">Makes one.</param>
/// <param name="life">Of a token.</param>
/// <param name="report">Takes what goes wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class ChurnClient(
    ChurnRoom room, Func<string> token, TimeSpan life, LoadReport report, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameSocket? _socket;
    private long _last;

    public long Renewed { get; private set; }

    public long Shown { get; private set; }

    public long Gaps { get; private set; }

    public long Repeats { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>True when it has received everything that any reader has received.</summary>
    public bool IsLevel => _last == room.Newest;

    private FrameSocket Socket => _socket ?? throw new InvalidOperationException("the client is not connected");

    public async Task OpenAsync(Uri server, CancellationToken ct)
    {
        _socket = await FrameSocket.ConnectAsync(server,
            $"/api/v1/chat/ws?features=seq,auth&access_token={token()}", receiveBuffer: 0, ct);
        _socket.Start(OnData, OnEnd);
        await SayAsync($$"""{"type":"join","conversation_id":"{{room.Id}}"}""");
        await _joined.Task.WaitAsync(Bound, time, ct);
    }

    /// <summary>Renews its token until the end of the run.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && !HasEnded)
        {
            await Task.Delay(life * (0.7 + 0.2 * Random.Shared.NextDouble()), time, ct)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested && !HasEnded)
                await SayAsync($$"""{"type":"refresh","token":"{{token()}}"}""");
        }
    }

    public Task SendAsync(string body) => HasEnded
        ? Task.CompletedTask
        : SayAsync($$"""{"type":"message","conversation_id":"{{room.Id}}","body":"{{body}}"}""");

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? default;

    private async Task SayAsync(string text)
    {
        try
        {
            await Socket.SendTextAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            OnEnd(e.Message);
        }
    }

    private void OnData(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"type\":\"message\""u8)) Note(JsonScan.LastNumber(payload, "\"seq\":"u8));
        else if (payload.StartsWith("{\"type\":\"refreshed\""u8)) Renewed++;
        else if (payload.StartsWith("{\"type\":\"joined\""u8))
        {
            _last = JsonScan.FirstNumber(payload, "\"seq\":"u8);
            room.Note(_last);
            _joined.TrySetResult();
        }
        else if (payload.StartsWith("{\"type\":\"error\""u8)) report.Problem(Encoding.UTF8.GetString(payload));
    }

    private void Note(long sequence)
    {
        Shown++;
        if (sequence <= _last) Repeats++;
        else if (sequence > _last + 1) Gaps++;
        _last = Math.Max(_last, sequence);
        room.Note(sequence);
    }

    private void OnEnd(string how)
    {
        if (HasEnded) return;
        HasEnded = true;
        report.Problem($"connection lost: {how}");
        _joined.TrySetException(new IOException(how));
    }
}
