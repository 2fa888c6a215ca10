using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Chat.Server.Transports.Framing;

/// <summary>A WebSocket read from a connection's own pipe (RFC 6455), without extensions. It answers Pings, and refuses
/// what breaks the protocol with a close frame. While it waits it holds nothing in the pipe.</summary>
/// <remarks>One reader at a time; a close frame may be sent meanwhile.</remarks>
/// <param name="input">What comes. It ends with the connection.</param>
/// <param name="stream">What goes out.</param>
internal sealed class PipeSocket(PipeReader input, SharedWriteStream stream) : IMessageSocket
{
    private const int Final = 0x80, LongestReason = FrameHead.LargestControl - sizeof(ushort);

    private FrameHead _head; // of the frame that is read
    private bool _isBegun; // it was looked at
    private long _left; // of its payload
    private int _maskAt;
    private byte[]? _control; // the Pong that answers a Ping; of other control frames only the payload is used
    private Utf8Check _text;
    private bool _isText; // the message
    private bool _isInside; // more fragments of it are to come
    private bool _sentClose, _receivedClose, _failed;

    private enum Step
    {
        More, Data, Ping, Pong, Close, Broken, NoText,
    }

    public WebSocketState State => this switch
    {
        { _failed: true } => WebSocketState.Aborted,
        { _sentClose: true, _receivedClose: true } => WebSocketState.Closed,
        { _sentClose: true } => WebSocketState.CloseSent,
        { _receivedClose: true } => WebSocketState.CloseReceived,
        _ => WebSocketState.Open,
    };

    /// <summary>The end of the connection ends the wait; the token is only looked at.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // one per message: do not allocate each
    public async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (_failed || _receivedClose) throw new WebSocketException(WebSocketError.InvalidState);
        ct.ThrowIfCancellationRequested();
        while (true)
        {
            ReadResult read;
            try
            {
                var reading = input.ReadAsync(CancellationToken.None);
                if (!reading.IsCompleted) stream.BeginRead();
                read = await reading;
            }
            catch (Exception e) when (e is not OperationCanceledException) // the system has many reasons
            {
                _failed = true;
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, e);
            }
            finally
            {
                stream.EndRead();
            }
            var isOver = read.IsCompleted && read.Buffer.IsEmpty;
            var step = Take(read.Buffer, buffer.Span, out var count, out var isWhole);
            switch (step)
            {
                case Step.Data:
                    return new(count, _isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, isWhole);
                case Step.Close when IsGoodClose():
                    _receivedClose = true;
                    return new(0, WebSocketMessageType.Close, true);
                case Step.Close or Step.Broken:
                    await FailAsync(WebSocketCloseStatus.ProtocolError);
                    break;
                case Step.NoText:
                    await FailAsync(WebSocketCloseStatus.InvalidPayloadData);
                    break;
                case Step.Ping:
                    await PongAsync();
                    break;
                case Step.More when isOver:
                    _failed = true;
                    throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
                default:
                    continue;
            }
        }
    }

    /// <remarks>Once: a second one does nothing.</remarks>
    public async Task CloseOutputAsync(WebSocketCloseStatus status, string text)
    {
        if (Interlocked.Exchange(ref _sentClose, true)) return;
        Span<byte> reason = stackalloc byte[LongestReason];
        Utf8.FromUtf16(text, reason, out _, out var length); // what does not fit is left out
        byte[] frame = [Final | FrameHead.Close, (byte)(sizeof(ushort) + length), 0, 0, .. reason[..length]];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)status);
        await stream.WriteAsync(frame);
    }

    public void Dispose() => stream.Dispose();

    private Step Take(in ReadOnlySequence<byte> came, Span<byte> into, out int count, out bool isWhole)
    {
        var data = new SequenceReader<byte>(came);
        var step = Take(ref data, into, out count);
        isWhole = step == Step.Data && !_isBegun && !_isInside;
        input.AdvanceTo(data.Position);
        return step;
    }

    private Step Take(ref SequenceReader<byte> data, Span<byte> into, out int count)
    {
        count = 0;
        while (!_head.IsWhole && !data.End) data.Advance(_head.Take(data.UnreadSpan));
        if (!_head.IsWhole) return Step.More;
        if (!_isBegun && !TryBegin()) return Step.Broken;
        return _head.IsControl ? TakeControl(ref data) : TakeData(ref data, into, out count);
    }

    private bool TryBegin()
    {
        if (!_head.IsAllowed) return false;
        (_left, _maskAt, _isBegun) = (_head.Length, 0, true);
        if (_head.IsControl)
        {
            _control = new byte[2 + _left];
            (_control[0], _control[1]) = (Final | FrameHead.Pong, (byte)_left);
            return true;
        }
        var continues = _head.Opcode == FrameHead.Continuation;
        if (continues != _isInside) return false;
        if (!continues) _isText = _head.Opcode == FrameHead.Text;
        _isInside = !_head.IsFinal;
        return true;
    }

    private Step TakeControl(ref SequenceReader<byte> data)
    {
        while (_left > 0 && !data.End) TakePart(ref data, _control.AsSpan()[^(int)_left..]);
        if (_left > 0) return Step.More;
        var step = _head.Opcode switch
        {
            FrameHead.Close => Step.Close,
            FrameHead.Ping => Step.Ping,
            _ => Step.Pong,
        };
        if (step == Step.Pong) _control = null;
        (_head, _isBegun) = (default, false);
        return step;
    }

    private Step TakeData(ref SequenceReader<byte> data, Span<byte> into, out int count)
    {
        count = 0;
        while (_left > 0 && count < into.Length && !data.End) count += TakePart(ref data, into[count..]);
        if (_left > 0 && count == 0 && !into.IsEmpty) return Step.More;
        if (_isText && !_text.Take(into[..count], isLast: _left == 0 && !_isInside)) return Step.NoText;
        if (_left == 0) (_head, _isBegun) = (default, false);
        return Step.Data;
    }

    /// <returns>How many bytes of the payload were taken.</returns>
    private int TakePart(ref SequenceReader<byte> data, Span<byte> into)
    {
        var part = data.UnreadSpan;
        if (part.Length > into.Length) part = part[..into.Length];
        if (part.Length > _left) part = part[..(int)_left];
        _maskAt = FrameMask.TakeOff(part, into, _head.Mask, _maskAt);
        data.Advance(part.Length);
        _left -= part.Length;
        return part.Length;
    }

    /// <summary>RFC 6455, 5.5.1 and 7.4.</summary>
    private bool IsGoodClose()
    {
        ReadOnlySpan<byte> payload = _control.AsSpan(2);
        if (payload.Length < sizeof(ushort)) return payload.IsEmpty;
        return BinaryPrimitives.ReadUInt16BigEndian(payload)
                is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999
            && Utf8.IsValid(payload[sizeof(ushort)..]);
    }

    private async ValueTask PongAsync()
    {
        try
        {
            if (!stream.IsClosed) await stream.WriteFramesAsync(_control);
            _control = null;
        }
        catch (IOException) when (stream.IsClosed)
        {
            // NOTE: behind a close frame of ours nothing may follow, and the peer's is still to come.
        }
    }

    private async ValueTask FailAsync(WebSocketCloseStatus why)
    {
        await CloseOutputAsync(why, "");
        _failed = true;
        throw new WebSocketException(WebSocketError.Faulted);
    }
}
