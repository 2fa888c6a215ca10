using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Chat.Server.Sockets;

/// <summary>What goes out on one connection. The web server writes into its pipe, from which a loop of its own sends;
/// while nothing is in there, bytes may go straight to the socket.</summary>
/// <remarks>It has one writer at a time, as every <see cref="PipeWriter"/> has, and knows all that was written: so
/// nothing can be overtaken. Whether the pipe is empty, its flush tells: see <see cref="Prepare"/>.</remarks>
internal sealed class DirectOutput(IDuplexPipe transport, Socket socket) : PipeWriter, IDuplexPipe
{
    /// <summary>From here on a flush waits: the framework's own bound.</summary>
    private const int PipeBytes = 64 * 1024;

    private readonly PipeWriter _pipe = transport.Output;
    private long _sent; // as much of what was written into the pipe is known to have left it

    /// <summary>How often the socket was given something past the pipe.</summary>
    public long Sends { get; private set; }

    /// <summary>Bytes that were written into the pipe.</summary>
    public long Piped { get; private set; }

    public PipeReader Input => transport.Input;

    public PipeWriter Output => this;

    public override bool CanGetUnflushedBytes => _pipe.CanGetUnflushedBytes;

    public override long UnflushedBytes => _pipe.UnflushedBytes;

    /// <summary>With this bound a flush of the pipe waits until the socket has taken all that was written.</summary>
    public static void Prepare(SocketTransportOptions sockets) => sockets.MaxWriteBufferSize = 1;

    /// <summary>Takes the place of a new connection's pipe.</summary>
    public static void Install(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            connection.Transport = new DirectOutput(connection.Transport, socket);
    }

    /// <summary>That of a request over HTTP/1.1 which becomes a stream.</summary>
    /// <returns>Null: something is in between, TLS for one, or the web server is not ours.</returns>
    public static DirectOutput? Of(HttpContext http) =>
        http.Features.Get<IConnectionTransportFeature>()?.Transport is DirectOutput output && output.CanSend()
            ? output
            : null;

    /// <summary>Gives the socket what it takes without waiting, if nothing has to go first.</summary>
    /// <returns>How many bytes it took, from the beginning; the rest has to be written. Never throws: what is wrong
    /// with the socket, a write will tell.</returns>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_sent < Piped && !IsDrained()) return 0;
            Sends++;
            var sent = socket.Send(bytes, SocketFlags.None, out var error);
            return error == SocketError.Success ? sent : 0;
        }
        catch (Exception)
        {
            // NOTE: the socket is disposed of, or the web server's loop has failed.
            return 0;
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _pipe.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _pipe.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        Piped += bytes;
        _pipe.Advance(bytes);
    }

    /// <summary>Waits as the framework's own pipe does, which is not for every byte.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        // Without the token: nobody may be waiting, and then it would end the next flush.
        var flush = _pipe.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully) return new(Look(flush.Result));
        return Piped - _sent < PipeBytes ? default : WaitAsync(_pipe.FlushAsync(cancellationToken));
    }

    /// <summary>Waits until the socket has taken all that was written, or the connection has ended.</summary>
    public async Task EmptyAsync() => Look(await _pipe.FlushAsync(CancellationToken.None));

    public override void CancelPendingFlush() => _pipe.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _pipe.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _pipe.CompleteAsync(exception);

    /// <summary>Whether <see cref="Send"/> may be used. To be asked before that.</summary>
    /// <remarks>Its descriptor does not block as soon as the web server has waited for it, and stays so; this makes the
    /// synchronous calls return at once too, which only we make.</remarks>
    public bool CanSend()
    {
        if (OperatingSystem.IsWindows()) return false; // not tried there
        try
        {
            socket.Blocking = false;
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private bool IsDrained()
    {
        var flush = _pipe.FlushAsync(CancellationToken.None);
        if (!flush.IsCompletedSuccessfully) return false;
        Look(flush.Result);
        return _sent == Piped;
    }

    private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flush) => Look(await flush);

    /// <summary>A flush that came to its end means that the socket has all. One that was cancelled does not, nor one of
    /// a connection that has ended.</summary>
    private FlushResult Look(FlushResult flushed)
    {
        if (flushed is { IsCanceled: false, IsCompleted: false }) _sent = Piped;
        return flushed;
    }
}
