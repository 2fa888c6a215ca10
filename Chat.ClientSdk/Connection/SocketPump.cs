using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Chat.ClientSdk.Connection;

/// <summary>Moves bytes between one WebSocket and two pipes until either side ends.</summary>
/// <remarks>With <paramref name="wholeMessages"/> an incoming message reaches the pipe only when it is complete: after a cut in its middle the
/// server sends it again from the start on the next socket, and the first half must not stand before it.</remarks>
internal sealed class SocketPump(WebSocket socket, DuplexPipe pipe, bool wholeMessages, ChatClientOptions options)
{
    private const int ReceiveBytes = 4 * 1024;
    private const int KeptBytes = 64 * 1024;
    private ArrayBufferWriter<byte>? _message;

    /// <summary>Never fails: whatever happens to the socket is the result.</summary>
    public async Task<SocketEnd> RunAsync()
    {
        using var stopSending = new CancellationTokenSource();
        var receiving = ReceiveAsync();
        var sending = SendAsync(stopSending.Token);
        if (await Task.WhenAny(receiving, sending).ConfigureAwait(false) == receiving)
            await stopSending.CancelAsync().ConfigureAwait(false);
        var both = Task.WhenAll(receiving, sending);
        try
        {
            await both.WaitAsync(options.CloseTimeout, options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            pipe.Output.CancelPendingFlush();
            await both.ConfigureAwait(false);
        }
        var applicationEnded = await sending.ConfigureAwait(false);
        return applicationEnded ? SocketEnd.Proper : await receiving.ConfigureAwait(false);
    }

    private async Task<SocketEnd> ReceiveAsync()
    {
        try
        {
            while (await ReceiveSomeAsync().ConfigureAwait(false) is { } complete)
            {
                if (!complete && wholeMessages) continue;
                PassOnMessage();
                var flushed = await pipe.Output.FlushAsync().ConfigureAwait(false);
                if (!flushed.IsCompleted && !flushed.IsCanceled) continue;
                await DiscardAsync().ConfigureAwait(false);
                break;
            }
            return SocketEnd.ClosedByServer((int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty), socket.CloseStatusDescription);
        }
        catch (Exception ex) when (IsSocketFailure(ex))
        {
            return SocketEnd.Lost(ex);
        }
    }

    /// <summary>True when a message is complete, false when more of it comes, null when the server closed.</summary>
    private async ValueTask<bool?> ReceiveSomeAsync()
    {
        // First without a buffer: an idle connection holds none.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        if (result.MessageType == WebSocketMessageType.Close) return null;
        IBufferWriter<byte> target = wholeMessages ? _message ??= new ArrayBufferWriter<byte>() : pipe.Output;
        result = await socket.ReceiveAsync(target.GetMemory(ReceiveBytes), CancellationToken.None).ConfigureAwait(false);
        if (result.MessageType == WebSocketMessageType.Close) return null;
        target.Advance(result.Count);
        return result.EndOfMessage;
    }

    private void PassOnMessage()
    {
        if (_message is null) return;
        pipe.Output.Write(_message.WrittenSpan);
        if (_message.Capacity > KeptBytes) _message = null;
        else _message.ResetWrittenCount();
    }

    // The application reads no more; only the server's goodbye is still of interest.
    private async Task DiscardAsync()
    {
        var scratch = new byte[ReceiveBytes];
        while ((await socket.ReceiveAsync(scratch.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close) { }
    }

    /// <summary>True when the application ended the connection, false when the socket did.</summary>
    private async Task<bool> SendAsync(CancellationToken stop)
    {
        try
        {
            var applicationEnded = await SendUntilEndAsync(stop).ConfigureAwait(false);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).ConfigureAwait(false);
            return applicationEnded;
        }
        catch (Exception ex) when (IsSocketFailure(ex))
        {
            socket.Abort(); // wakes the receiving side, which tells why
            return false;
        }
    }

    private async Task<bool> SendUntilEndAsync(CancellationToken stop)
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await pipe.Input.ReadAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return false;
            }
            try
            {
                await SendMessageAsync(read.Buffer).ConfigureAwait(false);
            }
            finally
            {
                pipe.Input.AdvanceTo(read.Buffer.End);
            }
            if (read.IsCompleted) return true;
        }
    }

    private async ValueTask SendMessageAsync(ReadOnlySequence<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes.First;
            bytes = bytes.Slice(part.Length);
            await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: bytes.IsEmpty, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static bool IsSocketFailure(Exception ex) =>
        ex is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;
}
