using System.Globalization;
using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Limits;
using Chat.Server.Memory;
using Chat.Server.Observability;

namespace Chat.Server.Connections;

/// <summary>One connected client: its user, its transport, and how it is ended.</summary>
/// <remarks>It lives from <see cref="ConnectionRegistry.Open"/> to <see cref="Dispose"/>, both called by the
/// transport.</remarks>
internal abstract class Connection : IDisposable
{
    private static long s_last;

    private TaskCompletionSource? _ended; // created when it is awaited
    private MemoryPart? _answers; // made when there is one
    private bool _disposed;
    private bool _isCut;
    private bool _hasEnded;
    private CallCounters _calls;
    private Caller _caller;

    /// <param name="caller">Whose connection it is.</param>
    /// <param name="transport">How it came in.</param>
    /// <param name="writer">Its outbound side; null for one that asks and is pushed nothing.</param>
    /// <param name="id">The transport's own name for it, unique on this instance; null: it has none.</param>
    protected Connection(Caller caller, ChatTransport transport, ClientWriter? writer, string? id = null)
    {
        _caller = caller;
        Transport = transport;
        Outbound = writer;
        Standing = writer?.Standing ?? new Standing();
        Id = id ?? Interlocked.Increment(ref s_last).ToString(CultureInfo.InvariantCulture);
    }

    public string Id { get; }

    /// <summary>Whose it is, as its newest token says; the user stays.</summary>
    public Caller Caller => Volatile.Read(ref _caller);

    public UserKey User => Caller.User;

    public ChatTransport Transport { get; }

    /// <summary>The outbound side; null for one that asks and is pushed nothing.</summary>
    public ClientWriter? Outbound { get; }

    /// <summary>Whether it may still be here.</summary>
    public Standing Standing { get; }

    /// <summary>True once it is open no longer.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>True for a client that reconnects after each answer: its user stays online longer after the
    /// end.</summary>
    public virtual bool ComesBack => false;

    /// <summary>What is on its way in; null before it is open, and for one that is pushed nothing.</summary>
    public UnfinishedMessage? Inbound { get; internal set; }

    /// <summary>What the large answers under way to it hold.</summary>
    public MemoryPart Answers => _answers
        ?? Interlocked.CompareExchange(ref _answers, new("own answers", Connections.Answers.OfConnection), null)
        ?? _answers;

    /// <summary>The registry that it is open in; null before and after.</summary>
    internal ConnectionRegistry? Registry { get; set; }

    /// <summary>Whom it is counted for, its user or its address; null: nobody. The registry's own business.</summary>
    internal ClientAccount? Client { get; set; }

    /// <summary>The connection of the same user that opened after this one; the registry's own business.</summary>
    internal Connection? NextOfUser { get; set; }

    /// <summary>The one that opened before it; the registry's own business.</summary>
    internal Connection? PreviousOfUser { get; set; }

    /// <summary>The client asks for something: counts it, whatever becomes of it.</summary>
    /// <param name="kind">What it asks for.</param>
    /// <param name="bytes">The length of a message, as it came.</param>
    /// <returns>Null; or the refusal, with the time to wait.</returns>
    public ChatError? Spend(LimitKind kind, int bytes = 0) => Registry?.Calls.Take(ref _calls, kind, Client, bytes);

    /// <summary>The client makes a conversation with so many others.</summary>
    public ChatError? SpendCreate(int participants) => Registry?.Calls.Clients.TakeCreate(Client, participants);

    /// <summary>The client adds so many.</summary>
    public ChatError? SpendAdds(int participants) =>
        Registry?.Calls.Clients.Take(Client, LimitKind.Adds, participants);

    /// <summary>Asks the client to go, gives it the grace time, then ends the connection. Never waits for long after
    /// that.</summary>
    /// <param name="grace">How long a client that understands the request may stay.</param>
    /// <param name="now">Cancelled: there is no more time to wait for anything.</param>
    /// <returns>How it ended, once it has, or once there is no more time.</returns>
    public abstract Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now);

    /// <summary>Ends the connection now and sends the reason, if the client accepts data. Bounded; does nothing when it
    /// has ended.</summary>
    /// <param name="reason">Decides whether the client connects again (<see cref="CloseReason"/>).</param>
    /// <param name="text">For people; null for none.</param>
    /// <param name="now">Cancelled: there is no more time to wait for anything.</param>
    public abstract Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now);

    /// <summary>Cuts the connection without a close message. Never waits.</summary>
    public abstract void Abort();

    /// <summary>The same, once: false when it was cut so before, and has not ended yet.</summary>
    public bool TryCut()
    {
        if (Interlocked.Exchange(ref _isCut, true)) return false;
        Abort();
        return true;
    }

    /// <summary>Waits until a large answer has room.</summary>
    /// <param name="most">What such an answer may hold.</param>
    /// <param name="ct">Cancelled when the client is gone.</param>
    /// <exception cref="ChatException">There was none in time.</exception>
    public ValueTask<AnswerRoom> RoomForAsync(long most, CancellationToken ct) =>
        Registry!.Answers.TakeAsync(most, User.ToWire(), Answers, () => TryCut(), ct);

    /// <summary>Lets a call in, or an answer out: waits while this instance does not know whom it must not serve, then
    /// looks whether this connection is among them.</summary>
    /// <exception cref="ChatException">It is; or that was not known in time.</exception>
    public ValueTask AdmitAsync(CancellationToken ct)
    {
        var fresh = Registry!.Admission.IsFreshSoonAsync(ct);
        return fresh.IsCompletedSuccessfully ? Admit(fresh.Result) : AdmitSoonAsync(fresh);
    }

    /// <summary>True when <see cref="AdmitAsync"/> would neither wait nor refuse.</summary>
    public bool IsAdmitted => Registry!.Admission.IsFresh && !Standing.HasEnded;

    /// <exception cref="ChatException">It may not be here any more.</exception>
    public void ThrowIfEnded()
    {
        if (Standing.EndedBecause is { } because) throw ChatException.Ended(because);
    }

    /// <summary>A new token of its user has come: it lasts as long as that one.</summary>
    /// <exception cref="InvalidOperationException">It is another user's.</exception>
    internal void Renew(Caller caller)
    {
        if (caller.User != User) throw new InvalidOperationException("a connection stays with its user");
        Volatile.Write(ref _caller, caller with { Address = Caller.Address });
    }

    /// <summary>From now on it is shown nothing and nothing is done for it; false when that was so already. Its end is
    /// another matter: see <see cref="ConnectionEnding"/>.</summary>
    internal bool TryStop(ChatErrorCode because)
    {
        if (!Standing.TryEnd(because)) return false;
        Outbound?.Close();
        return true;
    }

    /// <summary>The connection has ended, or was never opened: undoes what the registry did. A second call does
    /// nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        Outbound?.Close();
        Inbound?.Complete();
        Registry?.Close(this);
        Interlocked.Exchange(ref _hasEnded, true);
        Volatile.Read(ref _ended)?.TrySetResult();
    }

    private async ValueTask AdmitSoonAsync(ValueTask<bool> fresh) => await Admit(await fresh);

    private ValueTask Admit(bool isFresh)
    {
        ThrowIfEnded();
        return isFresh ? default : throw new ChatException(Admission.NotKnown);
    }

    /// <summary>Waits for the end of the connection.</summary>
    /// <returns>True when it has ended; false when the time was over first, or there is no more time.</returns>
    protected async Task<bool> EndsWithinAsync(TimeSpan bound, TimeProvider time, CancellationToken now)
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Interlocked.CompareExchange(ref _ended, made, null) ?? made;
        // Looked at after the source is there: an end that came before did not see it.
        if (!HasEnded) await ended.Task.WaitAsync(bound, time, now)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return HasEnded;
    }
}
