using System.Buffers;
using System.IO.Pipelines;

namespace Chat.Server.Transports.Framing;

/// <summary>A connection's own pipes as a stream. Every write is flushed.</summary>
internal sealed class PipeStream(IDuplexPipe pipe) : Stream
{
    private const string Ended = "the connection has ended";

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get =>
        throw new NotSupportedException(); set => throw new NotSupportedException(); }

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

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("only asynchronous reads");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("only asynchronous writes");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

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
