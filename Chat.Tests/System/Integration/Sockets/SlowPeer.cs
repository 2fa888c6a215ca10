using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Tests.Integration.Sockets;

/// <summary>The client's end of a connection: asks for a stream, maybe behind other requests, and reads at its own pace
/// what comes.</summary>
internal sealed class SlowPeer : IDisposable
{
    public const string Upgrade = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    private readonly Random _random;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> _received = []; // under its own lock
    private volatile Func<bool> _hold = () => false;

    private SlowPeer(Random random) => _random = random;

    /// <summary>Ends with the connection.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    public int Count
    {
        get
        {
            lock (_received) return _received.Count;
        }
    }

    /// <summary>Whether the answer that makes it a stream has come.</summary>
    public bool HasStream
    {
        get
        {
            lock (_received) return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received)
                .IndexOf("HTTP/1.1 101"u8) >= 0;
        }
    }

    /// <summary>From now on it stops reading now and then, while this holds.</summary>
    public Func<bool> Hold { set => _hold = value; }

    public static async Task<SlowPeer> ConnectAsync(IPEndPoint address, Random random)
    {
        var peer = new SlowPeer(random);
        if (random.Next(3) > 0) peer._socket.ReceiveBufferSize = 16 * 1024 << random.Next(4);
        await peer._socket.ConnectAsync(address);
        var requests = new StringBuilder();
        for (var before = random.Next(3); before > 0; before--)
            requests.Append(null, $"GET /{random.Next(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n");
        await peer._socket.SendAsync(Encoding.ASCII.GetBytes(requests.Append(Upgrade).ToString()));
        peer.Reading = Task.Run(peer.ReadAsync);
        return peer;
    }

    /// <summary>What came behind the answer that made it a stream.</summary>
    public byte[] TakeStream()
    {
        byte[] all;
        lock (_received) all = [.. _received];
        var rest = all.AsSpan();
        while (true)
        {
            var end = rest.IndexOf("\r\n\r\n"u8);
            Assert.True(end > 0, "an answer is not whole");
            var head = Encoding.ASCII.GetString(rest[..end]);
            rest = rest[(end + 4)..];
            if (head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) return rest.ToArray();
            Assert.StartsWith("HTTP/1.1 200", head);
            var length = int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0], null);
            Assert.True(rest[..length].IndexOfAnyExcept((byte)0) < 0, "something is in an earlier answer");
            rest = rest[length..];
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            if (_random.Next(8) == 0) await Eventually.HoldsAsync(() => !_hold());
            int read;
            try
            {
                read = await _socket.ReceiveAsync(buffer.AsMemory(0, 1 + _random.Next(buffer.Length)));
            }
            catch (SocketException) // it was cut
            {
                return;
            }
            if (read == 0) return;
            lock (_received) _received.AddRange(buffer.AsSpan(0, read));
        }
    }
}
