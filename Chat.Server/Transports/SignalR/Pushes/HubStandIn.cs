using Chat.Server.FanOut.Backplane.Redis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>A hub connection in the eyes of a lifetime manager of the framework: same id, but its writes never
/// wait.</summary>
/// <remarks>The framework's managers write to all receivers and wait for the slowest. What is written here is bounded
/// by <see cref="HubWriter.WriteDirect"/> instead. It has no user: the manager would subscribe to a channel for it, and
/// <see cref="UserPushes"/> reaches users.</remarks>
internal sealed class HubStandIn(HubConnectionContext real, HubWriter writer)
    : HubConnectionContext(new HubStandInTransport(real.ConnectionId), Options, NullLoggerFactory.Instance)
{
    private static readonly HubConnectionContextOptions Options = new();

    private readonly Lock _gate = new();
    private Task? _showing;

    /// <summary>Ends when the manager knows the connection. Never fails.</summary>
    public Task Shown
    {
        get
        {
            lock (_gate) return _showing ?? Task.CompletedTask;
        }
    }

    public override CancellationToken ConnectionAborted => real.ConnectionAborted;

    public override IHubProtocol Protocol
    {
        get => real.Protocol;
        set => throw new NotSupportedException("a stand-in speaks as its connection does");
    }

    /// <summary>Makes the connection known, once.</summary>
    /// <returns><see cref="Shown"/>.</returns>
    public Task ShowToAsync(HubLifetimeManager<ChatHub> manager, Task ready)
    {
        lock (_gate) return _showing ??= ShowOnceAsync(manager, ready);
    }

    /// <summary>Has the manager forget it. Never fails.</summary>
    public async Task HideFromAsync(HubLifetimeManager<ChatHub> manager)
    {
        await Shown;
        await TryAsync(manager.OnDisconnectedAsync);
    }

    public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default) =>
        WriteAsync(new SerializedHubMessage(message), cancellationToken);

    public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
    {
        writer.WriteDirect(message);
        return ValueTask.CompletedTask;
    }

    public override void Abort() => writer.Abort();

    private async Task ShowOnceAsync(HubLifetimeManager<ChatHub> manager, Task ready)
    {
        await Task.Yield(); // the caller holds the lock
        // Not longer than the connection lives: Redis may be away for days, and connections come and go.
        await TryAsync(_ => ready.WaitAsync(ConnectionAborted));
        if (!ready.IsCompletedSuccessfully) return;
        await TryAsync(manager.OnConnectedAsync);
        if (writer.IsClosed) await TryAsync(manager.OnDisconnectedAsync); // it ended meanwhile
        lock (_gate) _showing = Task.CompletedTask; // this one would be kept for as long as the connection is
    }

    private async Task TryAsync(Func<HubConnectionContext, Task> tell)
    {
        try
        {
            await tell(this);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // Redis stopped meanwhile, with all that it knew of this connection.
        }
    }
}
