using System.Net.WebSockets;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Writes blocks of ready frames to one raw socket.</summary>
internal sealed class RawSocketReader(UserId user, RawDialect dialect, WebSocket socket, SharedWriteStream stream, HttpContext http, ReaderContext context)
    : Reader(user, dialect.Format, context)
{
    private static readonly TimeSpan LingerBound = TimeSpan.FromSeconds(1);

    protected override CancellationToken Closed => http.RequestAborted;

    /// <summary>Writes frames that are for this socket alone.</summary>
    public ValueTask ReplyAsync(byte[] frames) => WriteFramesAsync(frames);

    /// <summary>After a close frame of ours for what the peer sent: reads on without looking, until the peer ends or the bound is over.</summary>
    /// <remarks>A socket that is closed with bytes unread is reset, and the peer would never see the close frame.</remarks>
    public async Task LingerAsync()
    {
        using var bound = new CancellationTokenSource(LingerBound, Context.Time);
        var discarded = new byte[4_096];
        while (await stream.ReadAsync(discarded, bound.Token) > 0) { }
    }

    protected override ValueTask WriteAsync(EncodedBlock block) => WriteFramesAsync(block.Bytes);

    protected override ValueTask WriteRemovedAsync(ConversationId conversation) => WriteFramesAsync(RawReplies.Left(dialect, conversation));

    // Nothing can be sent behind bytes that the peer does not take: the connection is cut.
    public override void Abort() => http.Abort();

    private ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames)
    {
        // After our close frame nothing may follow (RFC 6455, 5.5.1).
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) throw new WebSocketException(WebSocketError.InvalidState);
        return stream.WriteAsync(frames, CancellationToken.None);
    }
}
