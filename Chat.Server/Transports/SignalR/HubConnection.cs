using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Connections;
using Chat.Server.Observability;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>One hub connection: the order of its calls, and how it is ended. SignalR reads its frames.</summary>
internal sealed class HubConnection(UserId user, string id, HubWriter writer, TimeProvider time)
    : Connection(user, ChatTransport.SignalR, writer, id)
{
    private static readonly TimeSpan CutBound = TimeSpan.FromSeconds(1);

    private Task _lastEnqueue = Task.CompletedTask;

    public HubWriter Writer => writer;

    /// <summary>Runs the first stages of this connection's sends one after the other, so that they take effect in the
    /// order of the calls.</summary>
    public async Task<T> InOrderAsync<T>(Func<ValueTask<Task<T>>> enqueue)
    {
        var previous = _lastEnqueue;
        var mine = EnqueueAsync(previous, enqueue);
        if (!mine.IsCompleted) _lastEnqueue = mine;
        return await await mine;
    }

    /// <summary>The same for what is done with its first stage.</summary>
    public Task InOrderAsync(Func<ValueTask> act) => InOrderAsync(async () =>
    {
        await act();
        return Task.FromResult(true);
    });

    public override async Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now)
    {
        var request = new ReconnectRequest((int)grace.TotalMilliseconds);
        writer.WriteDirect(
            new SerializedHubMessage(new InvocationMessage(nameof(IChatClient.ReconnectRequested), [request])));
        if (await EndsWithinAsync(grace, time, now)) return Departure.Left;
        return await EndAsync(CloseReason.ServiceRestart, text: null, now);
    }

    // A cut may let SignalR's own close message through, after which stock clients stay away. So one of ours comes
    // first.
    public override async Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now)
    {
        writer.WriteDirect(new SerializedHubMessage(new CloseMessage(text, allowReconnect: reason.AllowsReconnect())));
        if (await EndsWithinAsync(CutBound, time, now)) return Departure.Closed;
        Abort();
        await EndsWithinAsync(CutBound, time, now);
        return Departure.Cut;
    }

    public override void Abort() => writer.Abort();

    private static async Task<Task<T>> EnqueueAsync<T>(Task previous, Func<ValueTask<Task<T>>> enqueue)
    {
        if (!previous.IsCompleted) await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await enqueue();
    }
}
