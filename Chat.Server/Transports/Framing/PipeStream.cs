using System.Buffers;
using System.IO.Pipelines;

namespace Chat.Server.Transports.Framing;

/// <summary>A connection's own pipes as a stream. Every write is flushed.</summary>
internal sealed class PipeStream(IDuplexPipe pipe) : AsyncStream
{
    private const string Ended = "the connection has ended";

    public override bool CanRead => true;

    /// <exception cref="IOException">The connection has ended.</exception>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!(await pipe.Output.WriteAsync(buffer, cancellationToken)).IsCompleted) return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new IOException(Ended, e); // whatever the system's reason is
        }
        throw new IOException(Ended);
    }

    /// <exception cref="IOException">The connection has broken off.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await ReadAsync(cancellationToken);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, buffer.Length));
            part.CopyTo(buffer.Span);
            var count = (int)part.Length;
            pipe.Input.AdvanceTo(part.End);
            if (count > 0 || buffer.IsEmpty || read.IsCompleted) return count;
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await pipe.Input.ReadAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new IOException(Ended, e);
        }
    }
}
