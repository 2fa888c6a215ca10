using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Writes blocks of ready frames to one raw socket.</summary>
internal sealed class RawSocketWriter(
    UserKey user, RawDialect dialect, SharedWriteStream stream, IConnectionLifetimeFeature lifetime,
    WriterContext context)
    : ClientWriter(user, dialect.Format, context)
{
    private static readonly byte[] PingFrame = [0x89, 0]; // RFC 6455, 5.5.2: without application data
    private static readonly TimeSpan LingerBound = TimeSpan.FromSeconds(1);

    private readonly CancellationToken _closed = lifetime.ConnectionClosed;

    private Task _ping = Task.CompletedTask;

    protected override SignalKind Wanted { get; } = dialect.Features.ToSignals();

    protected override CancellationToken Closed => _closed;

    /// <summary>Cancelled when the socket is gone.</summary>
    public CancellationToken Gone => _closed;

    /// <summary>True once a close frame went out.</summary>
    public bool HasSentClose => stream.IsClosed;

    public override TimeSpan WritePendingFor => stream.StuckFor;

    protected override bool IsClosing => HasSentClose;

    /// <summary>How long nothing came from the peer while it was waited for.</summary>
    public TimeSpan SilentFor => stream.SilentFor;

    /// <summary>Writes frames that are for this socket alone.</summary>
    public ValueTask ReplyAsync(byte[] frames) => stream.WriteFramesAsync(frames);

    /// <summary>Writes a Ping without waiting, unless the one before still waits for its turn.</summary>
    public void Ping()
    {
        if (_ping.IsCompleted && !stream.IsClosed) _ping = TryPingAsync();
    }

    /// <summary>After a close frame of ours for what the peer sent: reads on without looking, until the peer ends or
    /// the bound is over.</summary>
    /// <remarks>A socket that is closed with bytes unread is reset, and the peer would never see the close
    /// frame.</remarks>
    public async Task LingerAsync()
    {
        using var bound = new CancellationTokenSource(LingerBound, Context.Time);
        var discarded = new byte[4_096];
        while (await stream.ReadAsync(discarded, bound.Token) > 0) { }
    }

    private async Task TryPingAsync()
    {
        try
        {
            await stream.WriteFramesAsync(PingFrame);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // NOTE: the socket is gone.
        }
    }

    protected override ValueTask WriteAsync(EncodedBlock block) => stream.WriteBlockAsync(block.Bytes);

    protected override ValueTask WriteRemovedAsync(ConversationId conversation) =>
        stream.WriteFramesAsync(RawReplies.Left(dialect, conversation));

    // Nothing can be sent behind bytes that the peer does not take: the connection is cut.
    public override void Abort() => lifetime.Abort();
}
