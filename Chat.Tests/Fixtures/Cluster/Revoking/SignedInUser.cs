using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Cluster.Revoking;

/// <summary>A user with a token: one raw socket that stays, and, of some, one that comes and goes.</summary>
internal sealed class SignedInUser(string name, string token, Uri instance, TimeProvider time) : IAsyncDisposable
{
    private const string CreatedAt = "\"created_at\":\"";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10), RetryDelay = TimeSpan.FromMilliseconds(100),
        FirstBound = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly List<Task> _running = [];
    private ClientWebSocket? _socket;
    private long _latest; // ticks
    private long _shown;
    private int _open;

    public string Name => name;

    /// <summary>From when on nothing may be shown to the user or taken from it; null: it is not signed out.</summary>
    public DateTimeOffset? Effective { get; set; }

    /// <summary>True from the moment on that its sign-out is asked for: connections stay then, until they are
    /// ended.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>When the latest message was stored that the user was shown.</summary>
    public DateTimeOffset Latest => new(Interlocked.Read(ref _latest), TimeSpan.Zero);

    public long Shown => Interlocked.Read(ref _shown);

    /// <summary>Connections that have not ended.</summary>
    public int Open => Volatile.Read(ref _open);

    public async Task StartAsync(bool comesAndGoes)
    {
        _socket = await ConnectFirstAsync();
        _running.Add(ReadAsync(_socket, _over.Token));
        if (comesAndGoes) _running.Add(ComeAndGoAsync());
    }

    /// <summary>Sends a message; false when the socket has ended.</summary>
    public async Task<bool> TrySendAsync(string body)
    {
        if (_socket is not { State: WebSocketState.Open } socket || !await _writing.WaitAsync(0)) return false;
        try
        {
            await SendAsync(socket, $$"""
                {"type":"message","conversation_id":"{{ConversationId.Lobby}}","body":"{{body}}"}
                """, _over.Token);
            return true;
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_running);
        _socket?.Dispose();
        _over.Dispose();
        _writing.Dispose();
    }

    /// <summary>Tries again for a while, as clients do: an instance may still be busy with what failed
    /// before.</summary>
    private async Task<ClientWebSocket> ConnectFirstAsync()
    {
        for (var began = time.GetTimestamp();; await Task.Delay(RetryDelay, time, _over.Token))
            try
            {
                return await ConnectAsync(_over.Token);
            }
            catch (Exception e) when (IsGone(e) && time.GetElapsedTime(began) < FirstBound)
            {
                // NOTE: it is tried again.
            }
    }

    /// <summary>Connects again and again, so that some connection is being opened whenever the user is signed
    /// out.</summary>
    private async Task ComeAndGoAsync()
    {
        while (!_over.IsCancellationRequested)
            try
            {
                using var socket = await ConnectAsync(_over.Token);
                using var going = new CancellationTokenSource();
                var reading = ReadAsync(socket, going.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, _over.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!IsLeaving || _over.IsCancellationRequested) await going.CancelAsync();
                await using (_over.Token.Register(going.Cancel)) await reading;
            }
            catch (Exception e) when (IsGone(e))
            {
                if (Effective is not null) return; // refused
            }
    }

    private async Task<ClientWebSocket> ConnectAsync(CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
            bound.CancelAfter(Bound);
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(new Uri($"ws://{instance.Authority}/api/v1/chat/ws?features=seq"), bound.Token);
            await SendAsync(
                socket, $$"""{"type":"join","conversation_id":"{{ConversationId.Lobby}}"}""", bound.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(ClientWebSocket socket, CancellationToken ct)
    {
        Interlocked.Increment(ref _open);
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close) return;
                Note(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: it was ended, or the round is over.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private void Note(string frame)
    {
        var at = frame.IndexOf(CreatedAt, StringComparison.Ordinal);
        if (at < 0) return;
        var text = frame.AsSpan(at + CreatedAt.Length);
        var stored = DateTimeOffset.Parse(text[..text.IndexOf('"')], CultureInfo.InvariantCulture).UtcTicks;
        Interlocked.Increment(ref _shown);
        for (var known = Interlocked.Read(ref _latest); stored > known;)
            known = Interlocked.CompareExchange(ref _latest, stored, known) is var was && was == known ? stored : was;
    }

    private static ValueTask SendAsync(ClientWebSocket socket, string frame, CancellationToken ct) => socket.SendAsync(
        Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, ct);

    private static bool IsGone(Exception e) =>
        e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException
            or InvalidOperationException;
}
