using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Unit.ClientSdk;

/// <summary>A TCP proxy in front of a server: cuts what goes through it, or lets it hang.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private long _bytesUntilCut = long.MaxValue;
    private long _clientBytesUntilCut = long.MaxValue;
    private int _cuts;

    public CuttableProxy(Uri target)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Swallows everything the server says from now on.</summary>
    public bool Mute { get; set; }

    /// <summary>How often a limit set with <see cref="CutAfter"/> was reached.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Cuts every connection now, with a reset. How many there were.</summary>
    public int Cut()
    {
        var cut = 0;
        foreach (var client in _clients.Keys)
        {
            if (!_clients.TryRemove(client, out _)) continue;
            cut++;
            try
            {
                if (client.Client is { } socket) socket.LingerState = new LingerOption(true, 0);
                client.Close();
            }
            catch (ObjectDisposedException)
            {
                // it ended by itself meanwhile
            }
        }
        return cut;
    }

    /// <summary>Cuts once the server has said this many bytes more.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _bytesUntilCut, bytes);

    /// <summary>Cuts once the client has said this many bytes more; these still reach the server.</summary>
    public void CutAfterFromClient(long bytes) => Interlocked.Exchange(ref _clientBytesUntilCut, bytes);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true) running.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            _clients[client] = true;
            await server.ConnectAsync(_target);
            await Task.WhenAny(CopyAsync(client, server, fromServer: false), CopyAsync(server, client, fromServer: true));
        }
        catch (SocketException)
        {
            // the server is gone: so is this connection
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool fromServer)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                if (fromServer && Mute) continue;
                var left = Interlocked.Add(ref fromServer ? ref _bytesUntilCut : ref _clientBytesUntilCut, -count);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, (int)Math.Max(0, count + Math.Min(0, left))));
                if (left >= 0) continue;
                Interlocked.Exchange(ref fromServer ? ref _bytesUntilCut : ref _clientBytesUntilCut, long.MaxValue);
                Interlocked.Increment(ref _cuts);
                return;
            }
        }
        catch (Exception ex) when (ex is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // cut: the other direction ends too
        }
    }
}
