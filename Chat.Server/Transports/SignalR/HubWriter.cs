using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Transports.Framing;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Server.Transports.SignalR.Polling;
using Chat.Server.Transports.SignalR.Pushes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>Writes to one hub connection: blocks go out as they are, one write at a time, awaited by the writer
/// itself.</summary>
/// <param name="user">Whose connection it is.</param>
/// <param name="connection">SignalR's side of it.</param>
/// <param name="socket">Its socket, when it is a WebSocket without stateful reconnect: blocks of frames go straight
/// there. Null: SignalR writes them.</param>
/// <param name="body">Finds the answer over HTTP that SignalR writes to now. Null: it is over a WebSocket.</param>
/// <param name="context">What all writers share.</param>
internal sealed class HubWriter(
    UserKey user, HubConnectionContext connection, SharedWriteStream? socket, Func<TakenBody?>? body,
    WriterContext context)
    : ClientWriter(user, FormatFor(connection, socket), context)
{
    /// <summary>Messages that user code may have on the way to a connection that does not take them.</summary>
    private const int MaxDirectMessages = 256;

    private int _direct;
    private int _calls;
    private HubStandIn? _standIn;

    // Presence is for those who asked, each conversation by itself.
    protected override SignalKind Wanted => SignalKind.Typing | SignalKind.Read | SignalKind.Reactions;

    /// <summary>The connection as the framework's manager knows it; null: it does not.</summary>
    public HubStandIn? StandIn => Volatile.Read(ref _standIn);

    // Answers count too, and what is taken slowly is not stuck. With stateful reconnect writes are timed whole.
    public override TimeSpan WritePendingFor =>
        socket?.StuckFor ?? (body is null ? base.WritePendingFor : body()?.StuckFor ?? TimeSpan.Zero);

    protected override CancellationToken Closed => connection.ConnectionAborted;

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Gone => Closed;

    /// <summary>Writes a message of user code (<see cref="IHubContext{THub}"/>), without waiting; a connection that
    /// takes none of them is closed, and one that may not be here any more is shown nothing.</summary>
    public void WriteDirect(SerializedHubMessage message) => Write(message, MayShowAsync());

    /// <summary>The same for what the server says of itself, which anybody may be told.</summary>
    public void WriteOwn(SerializedHubMessage message) => Write(message, new ValueTask<bool>(true));

    private void Write(SerializedHubMessage message, ValueTask<bool> may)
    {
        if (Interlocked.Increment(ref _direct) > MaxDirectMessages)
        {
            Abort();
            return;
        }
        var write = may.IsCompletedSuccessfully ? WriteIf(may.Result, message) : WriteSoonAsync(may, message);
        if (write.IsCompletedSuccessfully) Interlocked.Decrement(ref _direct);
        else Context.Background.Watch(FinishDirectAsync(write));
    }

    private ValueTask WriteIf(bool may, SerializedHubMessage message) =>
        may ? connection.WriteAsync(message) : ValueTask.CompletedTask;

    private async ValueTask WriteSoonAsync(ValueTask<bool> may, SerializedHubMessage message) =>
        await WriteIf(await may, message);

    /// <summary>An answer will be written soon. Until then blocks go where it will go: one system call sends
    /// both.</summary>
    public void CallBegins() => Interlocked.Increment(ref _calls);

    /// <summary>The answer is written, or is about to be; or there is none.</summary>
    public void CallEnds() => Interlocked.Decrement(ref _calls);

    /// <summary>Begins something that nobody waits for; the stop of the server does.</summary>
    public void RunAside(Func<CancellationToken, Task> work) =>
        Context.Background.Watch(work(Context.Background.Stopping));

    /// <summary>Makes the connection known to a manager of the framework, once.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="ready">Ends when it can be told.</param>
    /// <returns>Ends when it is known, or when the connection is gone. Never fails.</returns>
    public Task ShowTo(HubLifetimeManager<ChatHub> manager, Task ready)
    {
        if (StandIn is { } known) return known.Shown;
        var made = new HubStandIn(connection, this);
        return (Interlocked.CompareExchange(ref _standIn, made, null) ?? made).ShowToAsync(manager, ready);
    }

    /// <summary>Writes an answer past SignalR; only where there is a socket.</summary>
    /// <param name="frames">The answer.</param>
    /// <param name="isAlone">True: no other answer is soon to follow, which could be sent with it.</param>
    public ValueTask AnswerAsync(byte[] frames, bool isAlone) =>
        isAlone ? socket!.WriteBlockAsync(frames) : socket!.WriteFramesAsync(frames);

    protected override ValueTask WriteAsync(EncodedBlock block) => block switch
    {
        HubBlock shared => connection.WriteAsync(shared.Message, CancellationToken.None),
        StatefulHubBlock numbered => WriteEachAsync(numbered),
        _ when Volatile.Read(ref _calls) > 0 => socket!.WriteFramesAsync(block.Bytes),
        _ => socket!.WriteBlockAsync(block.Bytes),
    };

    protected override ValueTask WriteRemovedAsync(ConversationId conversation) =>
        connection.WriteAsync(new InvocationMessage(nameof(IChatClient.ConversationClosed), [conversation]));

    // Cuts the transport rather than sending a Close: after a Close, stock clients do not reconnect by themselves.
    public override void Abort()
    {
        try
        {
            connection.Features.Get<IConnectionLifetimeFeature>()?.Abort();
            body?.Invoke()?.AbortIfStuck();
        }
        catch (ObjectDisposedException)
        {
            // NOTE: a drain may outlive its request; the connection has ended already.
        }
    }

    protected override bool IsClosing => socket is { IsClosed: true };

    private static WireFormat FormatFor(HubConnectionContext connection, SharedWriteStream? socket) =>
        StatefulReconnect.IsUsedBy(connection) ? StatefulHubFormat.Instance
        : MessagePackHub.IsUsedBy(connection) ? MessagePackHub.FormatFor(socket)
        : socket is not null ? HubFrameFormat.Instance
        : HubFormat.Instance;

    private async ValueTask WriteEachAsync(StatefulHubBlock block)
    {
        foreach (var message in block.Messages) await connection.WriteAsync(message, CancellationToken.None);
    }

    private async Task FinishDirectAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception) when (Closed.IsCancellationRequested)
        {
            // NOTE: the connection is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _direct);
        }
    }
}
