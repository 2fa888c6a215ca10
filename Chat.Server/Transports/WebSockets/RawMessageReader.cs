using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Chat.Contracts.Protocol;
using Chat.Server.Connections;
using Chat.Server.Memory;
using Chat.Server.Transports.Framing;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Reads whole messages from a socket. Between messages it holds no buffer, so that an idle socket costs
/// none.</summary>
/// <param name="socket">Where they come from.</param>
/// <param name="inbound">Told of what is held while the rest of a message is waited for.</param>
internal sealed class RawMessageReader(IMessageSocket socket, UnfinishedMessage inbound) : IAsyncDisposable
{
    private const int FirstBuffer = 4 * 1024;

    /// <summary>Larger ones are rented from <see cref="LargeBuffers"/>.</summary>
    private const int LargestShared = 128 * 1024;

    private ArrayPool<byte> _pool = ArrayPool<byte>.Shared;
    private byte[]? _buffer;
    private int _length;

    /// <summary>The message last read; good until <see cref="Release"/>.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(0, _length);

    /// <summary>True when reading ended because of a message over <see cref="ChatLimits.FrameBytes"/>.</summary>
    public bool TooBig { get; private set; }

    /// <summary>Reads the next message; false when the peer closed or sent too much.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // one per message: do not allocate each
    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, ct); // waits without a buffer
        if (first.MessageType == WebSocketMessageType.Close) return false;
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        _length = 0;
        for (var ended = first.EndOfMessage; !ended;)
        {
            if (_length == _buffer.Length) Grow();
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(_length), ct);
            if (!receiving.IsCompleted) inbound.Hold(_buffer.Length);
            var part = await receiving;
            if (part.MessageType == WebSocketMessageType.Close) return false;
            _length += part.Count;
            ended = part.EndOfMessage;
            TooBig = _length > ChatLimits.FrameBytes;
            if (TooBig) return false;
        }
        inbound.Complete();
        return true;
    }

    public void Release()
    {
        if (_buffer is not null) _pool.Return(_buffer);
        (_buffer, _pool) = (null, ArrayPool<byte>.Shared);
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    private void Grow()
    {
        var size = _length * 2;
        var pool = size <= LargestShared ? ArrayPool<byte>.Shared : LargeBuffers.Current;
        var larger = pool.Rent(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        Release();
        (_buffer, _pool) = (larger, pool);
    }
}
