using System.Runtime.CompilerServices;
using Chat.Server.Sockets;

namespace Chat.Server.Transports.Framing;

/// <summary>A socket's stream with two writers: blocks and answers come as ready frames, everything else from the
/// WebSocket, the framework's or <see cref="PipeSocket"/>.</summary>
/// <remarks>A WebSocket writes one frame a call. So one call at a time keeps frames whole; and while the framework is
/// between the fragments of one message no block may come in between (RFC 6455, 5.4). After its close frame nothing may
/// follow (5.5.1).</remarks>
/// <param name="inner">The server's stream.</param>
/// <param name="time">Tells how long the peer takes nothing, and how long nothing comes from it.</param>
internal sealed class SharedWriteStream(Stream inner, TimeProvider time) : AsyncStream
{
    /// <summary>Bytes handed over at once: a peer that takes so much has taken something.</summary>
    private const int Step = 64 * 1024;

    private const int FinalBit = 0x80, OpcodeBits = 0x0f, FirstControlOpcode = 0x8, CloseOpcode = 0x8;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile bool _closed;
    private bool _ended; // under _writing
    private long _waitingSince; // a timestamp; 0: the peer is not waited for
    private long _readingSince; // the same, of what it sends

    // Touched by the framework's writer alone, which never writes twice at once.
    private bool _insideMessage;

    /// <summary>True once a close frame went out, or the stream was disposed.</summary>
    public bool IsClosed => _closed || inner is FramesToSocket { IsClosed: true };

    /// <summary>How long the peer has taken nothing of what is being written; zero when nothing is.</summary>
    public TimeSpan StuckFor => Since(ref _waitingSince);

    /// <summary>How long nothing has come from the peer while it was waited for; zero while the server does not
    /// read.</summary>
    public TimeSpan SilentFor => Since(ref _readingSince);

    /// <summary>True: disposing leaves the connection to the web server, so that what a peer still sends can be read
    /// off first.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>The way past the server's stream, used while that holds nothing back; null: there is none.</summary>
    public DirectOutput? Direct { get; init; }

    public override bool CanRead => true;

    /// <summary>Writes complete frames and flushes them.</summary>
    /// <exception cref="IOException">The socket was closed.</exception>
    public ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames) =>
        _writing.Wait(0, CancellationToken.None)
            ? WriteOwnedAsync(frames, release: true)
            : WaitAndWriteFramesAsync(frames);

    /// <summary>The same for a block, which goes straight to the socket where that can be. Answers do not: the server's
    /// stream gathers those that come close together, and a send of its own for each would be dearer.</summary>
    /// <exception cref="IOException">The socket was closed.</exception>
    public ValueTask WriteBlockAsync(ReadOnlyMemory<byte> block)
    {
        if (Direct is not { } direct || !_writing.Wait(0, CancellationToken.None)) return WriteFramesAsync(block);
        var sent = _closed ? 0 : direct.Send(block.Span);
        // What the socket did not take goes the other way, behind what it took; of a frame that has begun all of it.
        if (sent < block.Length) return WriteOwnedAsync(block[sent..], release: true, mayBeClosed: sent > 0);
        _writing.Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>The peer is waited for, by one who does not read through this stream.</summary>
    public void BeginRead() => Volatile.Write(ref _readingSince, time.GetTimestamp());

    /// <summary>Something came from it, or nothing ever will.</summary>
    public void EndRead() => Volatile.Write(ref _readingSince, 0);

    /// <summary>Ends the writing: when this is over nobody touches the server's stream any more, not even through
    /// this one. A write that is under way is waited for.</summary>
    public async Task EndAsync()
    {
        _closed = true;
        await _writing.WaitAsync();
        _ended = true;
        _writing.Release();
    }

    /// <summary>The WebSocket writes one frame.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var mustTake = !_insideMessage;
        var first = buffer.Length == 0 ? FinalBit : buffer.Span[0];
        var isControl = (first & OpcodeBits) >= FirstControlOpcode;
        if (!isControl) _insideMessage = (first & FinalBit) == 0;
        var isClose = (first & OpcodeBits) == CloseOpcode;
        return !mustTake || _writing.Wait(0, CancellationToken.None)
            ? WriteFrameAsync(buffer, isClose)
            : WaitAndWriteFrameAsync(buffer, isClose);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, cancellationToken);
        return read.IsCompleted ? read : WaitForPeerAsync(read);
    }

    // The WebSocket disposes its stream while a block may still be waiting: it must not wait for a message that is
    // never finished.
    protected override void Dispose(bool disposing)
    {
        _closed = true;
        if (disposing)
        {
            if (_insideMessage) _writing.Release();
            _insideMessage = false;
            if (!LeaveOpen) inner.Dispose();
        }
        base.Dispose(disposing);
    }

    private ValueTask WriteFrameAsync(ReadOnlyMemory<byte> frame, bool isClose)
    {
        if (isClose) _closed = true;
        return WriteOwnedAsync(frame, release: !_insideMessage, mayBeClosed: true);
    }

    private async ValueTask WaitAndWriteFrameAsync(ReadOnlyMemory<byte> frame, bool isClose)
    {
        await _writing.WaitAsync();
        await WriteFrameAsync(frame, isClose);
    }

    private async ValueTask WaitAndWriteFramesAsync(ReadOnlyMemory<byte> frames)
    {
        await _writing.WaitAsync();
        await WriteOwnedAsync(frames, release: true);
    }

    private ValueTask WriteOwnedAsync(ReadOnlyMemory<byte> bytes, bool release, bool mayBeClosed = false)
    {
        try
        {
            if (_ended || (_closed && !mayBeClosed)) throw new IOException("the socket is closed");
            var write = inner.WriteAsync(bytes.Length > Step ? bytes[..Step] : bytes, CancellationToken.None);
            if (bytes.Length > Step || !write.IsCompleted) return FinishAsync(write, bytes, release);
            write.GetAwaiter().GetResult();
        }
        catch
        {
            if (release) _writing.Release();
            throw;
        }
        if (release) _writing.Release();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // one per message: do not allocate each
    private async ValueTask<int> WaitForPeerAsync(ValueTask<int> read)
    {
        BeginRead();
        try
        {
            return await read;
        }
        finally
        {
            EndRead();
        }
    }

    private TimeSpan Since(ref long started) =>
        Volatile.Read(ref started) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    private async ValueTask FinishAsync(ValueTask write, ReadOnlyMemory<byte> bytes, bool release)
    {
        try
        {
            Volatile.Write(ref _waitingSince, time.GetTimestamp());
            await write;
            while (bytes.Length > Step)
            {
                bytes = bytes[Step..];
                Volatile.Write(ref _waitingSince, time.GetTimestamp());
                await inner.WriteAsync(bytes.Length > Step ? bytes[..Step] : bytes, CancellationToken.None);
            }
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
            if (release) _writing.Release();
        }
    }
}
