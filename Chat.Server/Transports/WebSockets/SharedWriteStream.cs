namespace Chat.Server.Transports.WebSockets;

/// <summary>A socket's stream with two writers: our reader writes blocks of frames, the framework's WebSocket its pongs, pings and closes.</summary>
/// <remarks>Every write is whole frames, so one write at a time is all that is needed.</remarks>
internal sealed class SharedWriteStream(Stream inner) : Stream
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_writing.Wait(0, CancellationToken.None)) return WaitAndWriteAsync(buffer, cancellationToken);
        ValueTask write;
        try
        {
            write = inner.WriteAsync(buffer, cancellationToken);
            if (!write.IsCompleted) return FinishAsync(write);
            write.GetAwaiter().GetResult();
        }
        catch
        {
            _writing.Release();
            throw;
        }
        _writing.Release();
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the server's stream flushes with every write

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("only asynchronous writes");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // The WebSocket disposes its stream while a block may still be under way; that write then fails by itself.
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask WaitAndWriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        await FinishAsync(inner.WriteAsync(buffer, ct));
    }

    private async ValueTask FinishAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        finally
        {
            _writing.Release();
        }
    }
}
