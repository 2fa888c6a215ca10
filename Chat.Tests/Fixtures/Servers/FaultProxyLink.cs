using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class FaultProxyLink(FaultProxy proxy, Socket client)
{
    private const int Chunks = 256;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true
    };
    private readonly CancellationTokenSource _cut = new();

    /// <summary>True: it passes nothing any more, not even its end.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Ends both sides, the client's with a reset. False when it was ended before.</summary>
    public bool Cut()
    {
        if (_cut.IsCancellationRequested) return false;
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // it ended by itself meanwhile
        }
        _cut.Cancel();
        return true;
    }

    public async Task RunAsync(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(target, _cut.Token);
            var directions = new[] { ForwardAsync(client, _server, fromServer: false),
                ForwardAsync(_server, client, fromServer: true) };
            await Task.WhenAny(directions);
            await _cut.CancelAsync();
            await Task.WhenAll(directions);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // the server is gone: so is this connection
        }
        finally
        {
            client.Dispose();
            _server.Dispose();
        }
    }

    private async Task ForwardAsync(Socket from, Socket to, bool fromServer)
    {
        var held = Channel.CreateBounded<(byte[] Bytes, long DueAt)>(Chunks);
        var reading = ReadAsync(from, held.Writer, fromServer);
        try
        {
            await foreach (var (bytes, dueAt) in held.Reader.ReadAllAsync(_cut.Token))
            {
                var wait = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), dueAt);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System, _cut.Token);
                while (proxy.Frozen is { } frozen) await frozen.WaitAsync(_cut.Token);
                if (IsForgotten) continue;
                var count = proxy.BytesBeforeCut(bytes.Length, fromServer);
                await SendAsync(to, bytes.AsMemory(0, count));
                if (count == bytes.Length) continue;
                if (!proxy.FreezesAtLimit) return;
                proxy.Freeze();
                while (proxy.Frozen is { } frozen) await frozen.WaitAsync(_cut.Token);
                await SendAsync(to, bytes.AsMemory(count));
            }
            while (proxy.Frozen is { } frozen) await frozen.WaitAsync(_cut.Token);
            if (IsForgotten) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _cut.Token);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // cut: the other direction ends too
        }
        finally
        {
            held.Writer.TryComplete();
            if (_cut.IsCancellationRequested) await reading;
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await to.SendAsync(bytes, _cut.Token)..];
    }

    private async Task ReadAsync(Socket from, ChannelWriter<(byte[] Bytes, long DueAt)> held, bool fromServer)
    {
        var buffer = new byte[16 * 1024];
        var frames = fromServer && proxy.SpeaksRedis ? new RespFrames() : null;
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _cut.Token)) > 0)
            {
                if (fromServer && proxy.Mute) continue;
                var bytes = frames is null
                    ? buffer[..count]
                    : frames.Take(buffer.AsSpan(0, count), channel => proxy.LosesPush?.Invoke(channel) == true);
                var dueAt = TimeProvider.System.GetTimestamp()
                    + (long)(proxy.Delay.TotalSeconds * TimeProvider.System.TimestampFrequency);
                if (bytes.Length > 0) await held.WriteAsync((bytes, dueAt), _cut.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException
            or ChannelClosedException)
        {
            // cut: the other direction ends too
        }
        held.TryComplete();
    }
}
