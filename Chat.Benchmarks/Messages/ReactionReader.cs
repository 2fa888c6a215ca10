using System.Text;
using System.Text.Json;
using Chat.Benchmarks.Load.Clients;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Messages;

/// <summary>A raw socket that reads the lobby and keeps the entries about reactions.</summary>
internal sealed class ReactionReader(TimeProvider time) : IAsyncDisposable
{
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private FrameSocket? _socket;
    private byte[] _last = [];
    private long _lastAt;

    /// <summary>Entries about reactions.</summary>
    public int Entries { get; private set; }

    /// <summary>The longest of their frames.</summary>
    public int MostBytes { get; private set; }

    /// <summary>How it ended; null while it is open.</summary>
    public string? Ended { get; private set; }

    /// <summary>Time of the last entry about reactions.</summary>
    public long LastAt
    {
        get
        {
            lock (_gate) return _lastAt;
        }
    }

    public async Task OpenAsync(Uri server, string user)
    {
        _socket = await FrameSocket.ConnectAsync(
            server, $"/api/v1/chat/ws?features=seq,reactions&user_id={user}", receiveBuffer: 0, default);
        _socket.Start(OnData, how => Ended = how);
        await _socket.SendTextAsync(Encoding.UTF8.GetBytes(
            $$"""{"type":"join","conversation_id":"{{ConversationId.Lobby}}"}"""), default);
        await _joined.Task.WaitAsync(TimeSpan.FromMinutes(1), time);
    }

    /// <summary>The counts of the last entry.</summary>
    public Dictionary<string, long> Counts()
    {
        byte[] last;
        lock (_gate) last = _last;
        return last.Length == 0 ? [] : JsonDocument.Parse(last).RootElement.GetProperty("entry").GetProperty("counts")
            .EnumerateArray().ToDictionary(one => one.GetProperty("key").GetString()!,
                one => one.GetProperty("count").GetInt64());
    }

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? default;

    private void OnData(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"type\":\"joined\""u8)) _joined.TrySetResult();
        if (payload.IndexOf("\"kind\":\"reactions_changed\""u8) < 0) return;
        lock (_gate)
        {
            (_last, _lastAt, Entries) = (payload.ToArray(), time.GetTimestamp(), Entries + 1);
            MostBytes = Math.Max(MostBytes, payload.Length);
        }
    }
}
