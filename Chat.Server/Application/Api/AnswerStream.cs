using Chat.Server.Transports.Http;

namespace Chat.Server.Application.Api;

/// <summary>The body of an answer as a stream that is written to. A client that takes nothing of it for the write
/// timeout is cut.</summary>
internal sealed class AnswerStream(HttpContext http) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await AnswerBody.WriteAsync(http, buffer);

    public override Task FlushAsync(CancellationToken cancellationToken) => AnswerBody.FlushAsync(http).AsTask();

    public override void Flush() => throw new NotSupportedException("it is written to asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
