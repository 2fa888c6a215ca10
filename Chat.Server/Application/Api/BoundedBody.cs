using Chat.Contracts.Protocol;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Application.Api;

/// <summary>The body of a request as a stream without an end in sight: its parts are bounded, in bytes and in the time
/// that nothing comes.</summary>
internal sealed class BoundedBody(HttpContext http) : Stream
{
    /// <summary>An entry, and what is read ahead of it.</summary>
    private const int MostBytes = 4 * ChatLimits.FrameBytes;

    private const string GoesOn = "what was stored stays: given again from its first entry, it goes on";

    private readonly TimeProvider _time = http.RequestServices.GetRequiredService<TimeProvider>();
    private int _bytes;
    private int _peeked = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first byte that is no white space, which is read again; -1: there is none.</summary>
    public async ValueTask<int> PeekAsync(CancellationToken ct)
    {
        var one = new byte[1];
        do
            if (await ReadAsync(one, ct) == 0) return -1;
        while (one[0] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t');
        return _peeked = one[0];
    }

    /// <summary>An entry was read: the next one may be as large.</summary>
    public void BeginEntry() => _bytes = 0;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_peeked >= 0 && buffer.Length > 0)
        {
            buffer.Span[0] = (byte)_peeked;
            _peeked = -1;
            return 1;
        }
        var read = await ReadSoonAsync(buffer, cancellationToken);
        _bytes += read;
        if (_bytes > MostBytes)
            throw new RefusedBodyException(
                $"an entry must have at most {ChatLimits.FrameBytes} bytes; {GoesOn}",
                StatusCodes.Status413PayloadTooLarge);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadSoonAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(ChatLimits.MessageSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await http.Request.Body.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close"; // the rest of the body is not awaited
            throw new RefusedBodyException(
                $"nothing of the entries came for {ChatLimits.MessageSeconds} s; {GoesOn}",
                StatusCodes.Status408RequestTimeout);
        }
    }
}
