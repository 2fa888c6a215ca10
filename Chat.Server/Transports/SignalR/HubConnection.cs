using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Observability;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>One hub connection: the order of its calls, and how it is ended. SignalR reads its frames.</summary>
internal sealed class HubConnection(Caller caller, string id, HubWriter writer, TimeProvider time)
    : Connection(caller, ChatTransport.SignalR, writer, id)
{
    private static readonly TimeSpan CutBound = TimeSpan.FromSeconds(1);

    private Task _last = Task.CompletedTask; // SignalR starts a connection's calls in their order, one at a time

    private AnswerRoom? _lastAnswer;

    public HubWriter Writer => writer;

    public CallerIdentity Me => CallerIdentities.Of(Caller, time);

    /// <summary>True: SignalR keeps what it has written until the client acknowledges it.</summary>
    public bool KeepsAnswers { get; init; }

    /// <summary>The answer is written, and the client has taken it.</summary>
    /// <remarks>With a buffer it is held on, as the last one: those before it are within the buffer's own
    /// bytes.</remarks>
    public void EndAnswer(AnswerRoom room)
    {
        if (KeepsAnswers && !HasEnded) Interlocked.Exchange(ref _lastAnswer, room)?.Dispose();
        else room.Dispose();
        if (HasEnded) Acknowledge();
    }

    /// <summary>The client has acknowledged what came, or is gone.</summary>
    public void Acknowledge()
    {
        if (Volatile.Read(ref _lastAnswer) is not null) Interlocked.Exchange(ref _lastAnswer, null)?.Dispose();
    }

    /// <summary>Runs the calls of this connection one after the other, so that they take effect in the order in which
    /// they were made.</summary>
    public Task<T> InOrderAsync<T>(Func<Task<T>> call) =>
        EnqueueInOrderAsync(async () => Task.FromResult(await call()));

    /// <summary>The same for a call without an answer.</summary>
    public Task InOrderAsync(Func<Task> call) => EnqueueInOrderAsync(async () =>
    {
        await call();
        return Task.FromResult(true);
    });

    /// <summary>The same for a call of two stages: once it has its place in the order, the next begins.</summary>
    /// <remarks>A message has its place at once, unless the lane is full: then nothing is made here for it.</remarks>
    public Task<T> EnqueueInOrderAsync<T>(Func<ValueTask<Task<T>>> enqueue)
    {
        if (!_last.IsCompleted || !IsAdmitted) return FinishAsync(RunAfterAsync(_last, enqueue));
        var place = enqueue();
        return place.IsCompletedSuccessfully ? place.Result : FinishAsync(place.AsTask());
    }

    /// <summary>The same for a call whose second stage needs no task. Completes when it has its place.</summary>
    public ValueTask PlaceInOrderAsync<TState>(TState state, Func<TState, ValueTask> place)
    {
        var placing = _last.IsCompleted && IsAdmitted ? place(state) : PlaceAfterAsync(_last, state, place);
        if (placing.IsCompletedSuccessfully) return placing;
        var mine = placing.AsTask();
        if (!mine.IsCompleted) _last = mine;
        return new ValueTask(mine);
    }

    public override async Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now)
    {
        var request = new ReconnectRequest((int)grace.TotalMilliseconds);
        writer.WriteOwn(
            new SerializedHubMessage(new InvocationMessage(nameof(IChatClient.ReconnectRequested), [request])));
        if (await EndsWithinAsync(grace, time, now)) return Departure.Left;
        return await EndAsync(CloseReason.ServiceRestart, text: null, now);
    }

    // A cut may let SignalR's own close message through, after which stock clients stay away. So one of ours comes
    // first.
    public override async Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now)
    {
        SayClose(reason, text);
        if (await EndsWithinAsync(CutBound, time, now)) return Departure.Closed;
        Abort();
        await EndsWithinAsync(CutBound, time, now);
        return Departure.Cut;
    }

    /// <summary>It is not opened: tells the client why, before SignalR ends it.</summary>
    public void TurnAway(ChatException why)
    {
        var reason = CloseReasons.Of(why.Code);
        SayClose(reason, reason.AllowsReconnect() ? why.ToError().ToHubText() : why.Code.ToWire());
    }

    /// <summary>The same as <see cref="EndAsync"/>, and nobody waits for it.</summary>
    public void EndSoon(CloseReason reason, string text) => writer.RunAside(ct => EndAsync(reason, text, ct));

    public override void Abort() => writer.Abort();

    private void SayClose(CloseReason reason, string? text) =>
        writer.WriteOwn(new SerializedHubMessage(new CloseMessage(text, allowReconnect: reason.AllowsReconnect())));

    private async Task<T> FinishAsync<T>(Task<Task<T>> mine)
    {
        if (!mine.IsCompleted) _last = mine;
        return await await mine;
    }

    private async ValueTask PlaceAfterAsync<TState>(Task previous, TState state, Func<TState, ValueTask> place)
    {
        if (!previous.IsCompleted) await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await AdmitAsync(writer.Gone);
        await place(state);
    }

    private async Task<Task<T>> RunAfterAsync<T>(Task previous, Func<ValueTask<Task<T>>> enqueue)
    {
        if (!previous.IsCompleted) await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await AdmitAsync(writer.Gone); // in their order, too, where they have to wait
        return await enqueue();
    }
}
