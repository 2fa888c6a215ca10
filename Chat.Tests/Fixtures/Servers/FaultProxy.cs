using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A TCP proxy in front of a server on this machine, which does to the connections what networks do: cuts,
/// refuses, delays, holds, loses.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<FaultProxyLink, Task> _links = new();
    private volatile IPEndPoint _target;
    private readonly Lock _gate = new();
    private Socket _listener;
    private Task _accepting;
    private volatile TaskCompletionSource? _frozen;
    private long _bytesUntilCut = long.MaxValue;
    private long _clientBytesUntilCut = long.MaxValue;
    private int _cuts;

    /// <param name="port">Of the server.</param>
    /// <param name="speaksRedis">Looks into what the server says, for <see cref="LosesPush"/>.</param>
    public FaultProxy(int port, bool speaksRedis = false)
    {
        _target = new IPEndPoint(IPAddress.Loopback, port);
        SpeaksRedis = speaksRedis;
        _listener = Bind(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _listener.Listen();
        _accepting = AcceptAsync(_listener);
    }

    public FaultProxy(Uri server) : this(server.Port) { }

    public int Port { get; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <summary>Where connections lead that are opened from now on.</summary>
    public Uri Target
    {
        set => _target = new IPEndPoint(IPAddress.Loopback, value.Port);
    }

    public bool SpeaksRedis { get; }

    /// <summary>Swallows everything the server says from now on.</summary>
    public bool Mute { get; set; }

    /// <summary>How much later everything arrives, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Asked with the channel of each message that a Redis server pushes: true loses it.</summary>
    public Func<string, bool>? LosesPush { get; set; }

    /// <summary>How often a limit set with <see cref="CutAfter"/> or <see cref="CutAfterFromClient"/> was
    /// reached.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Connections now.</summary>
    public int Connections => _links.Count;

    /// <summary>Not null while frozen; ends with <see cref="Thaw"/>.</summary>
    internal Task? Frozen => _frozen?.Task;

    /// <summary>Cuts every connection now, with a reset.</summary>
    /// <returns>How many there were.</returns>
    public int Cut() => _links.Keys.Count(link => link.Cut());

    /// <summary>From now on the connections that are there pass nothing, and nobody is told: a firewall forgot
    /// them.</summary>
    public void Forget()
    {
        foreach (var link in _links.Keys) link.IsForgotten = true;
    }

    /// <summary>Cuts once the server has said this many bytes more.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _bytesUntilCut, bytes);

    /// <summary>Cuts once the client has said this many bytes more; these still reach the server.</summary>
    public void CutAfterFromClient(long bytes) => Interlocked.Exchange(ref _clientBytesUntilCut, bytes);

    /// <summary>Freezes once the client has said this many bytes more; these still reach the server: the client was
    /// stopped in the middle of what it says.</summary>
    public void FreezeAfterFromClient(long bytes)
    {
        FreezesAtLimit = true;
        CutAfterFromClient(bytes);
    }

    /// <summary>New connections are refused. Those that are there stay.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            // Bound and not listening, before the other is closed: nobody else gets the port meanwhile.
            var holder = Bind(Port);
            _listener.Dispose();
            _listener = holder;
        }
    }

    public void Accept()
    {
        lock (_gate)
        {
            _listener.Listen();
            _accepting = Task.WhenAll(_accepting, AcceptAsync(_listener));
        }
    }

    /// <summary>Holds all bytes and all ends of connections, in both directions: a partition that nobody is told
    /// of.</summary>
    public void Freeze() => _frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        var frozen = _frozen;
        _frozen = null;
        frozen?.TrySetResult();
    }

    /// <summary>True: what would be cut is held.</summary>
    internal bool FreezesAtLimit { get; private set; }

    /// <summary>How many of the bytes may still go on before the cut that is asked for.</summary>
    internal int BytesBeforeCut(int count, bool fromServer)
    {
        ref var limit = ref fromServer ? ref _bytesUntilCut : ref _clientBytesUntilCut;
        var left = Interlocked.Add(ref limit, -count);
        if (left >= 0) return count;
        Interlocked.Exchange(ref limit, long.MaxValue);
        // Other connections may come before the limit is taken away: it was reached once.
        if (left + count >= 0) Interlocked.Increment(ref _cuts);
        return (int)Math.Max(0, count + left);
    }

    public async ValueTask DisposeAsync()
    {
        Task accepting;
        lock (_gate)
        {
            _listener.Dispose();
            accepting = _accepting;
        }
        await accepting;
        Cut();
        await Task.WhenAll(_links.Values);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var link = new FaultProxyLink(this, await listener.AcceptAsync());
                _links[link] = Task.CompletedTask;
                var running = link.RunAsync(_target);
                _links[link] = running;
                _ = running.ContinueWith(_ => _links.TryRemove(link, out var _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // it is closed
        }
    }

    private static Socket Bind(int port)
    {
        // Two of this process may be bound to the port at once (SO_REUSEPORT).
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ExclusiveAddressUse = false
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
