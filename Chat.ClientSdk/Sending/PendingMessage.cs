using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>A message in the outbox: what a screen shows until the entry with the same dedupe key comes.</summary>
public sealed class PendingMessage
{
    private readonly Outbox _outbox;
    private volatile TaskCompletionSource<SendReceipt> _receipt = NewReceipt();
    private volatile TaskCompletionSource _accepted = NewAccepted();

    internal PendingMessage(Outbox outbox, OutboxMessage stored, bool isForgottenOnFailure)
    {
        _outbox = outbox;
        Stored = stored;
        IsForgottenOnFailure = isForgottenOnFailure;
        Bytes = OutboxSize.Of(stored);
    }

    /// <summary>The dedupe key. The entry in the conversation carries it too.</summary>
    public string Key => Stored.Options.DedupeKey!;

    /// <summary>Where it goes.</summary>
    public ConversationId Conversation => Stored.Conversation;

    /// <summary>The text.</summary>
    public string? Body => Stored.Body;

    /// <summary>The rest of the message, with its key.</summary>
    public SendOptions Options => Stored.Options;

    /// <summary>When it was sent, by this client's clock; after <see cref="Retry"/> the time of that.</summary>
    public DateTimeOffset CreatedAt => Stored.CreatedAt;

    /// <summary>How far it has come.</summary>
    public PendingMessageState State { get; internal set; }

    /// <summary>Why it failed: <see cref="ChatRefusedException"/>, <see cref="ChatTimeoutException"/>,
    /// <see cref="ChatConnectException"/> when the connection was given up, <see cref="ChatDisconnectedException"/>
    /// when it was lost over this message again and again, or what the store threw. Null unless <see cref="State"/> is
    /// failed; also null when it was discarded.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>True once it was given to a connection in this client, or may have been in an earlier one: then the
    /// server may have stored it, whatever the state is.</summary>
    public bool MayBeStored { get; internal set; }

    /// <summary>Done when the message is accepted: there is room, and the store has it. From then on it outlives the
    /// process if the store does. Done as well for one that was refused in the call, see
    /// <see cref="ChatClient.Enqueue"/>.</summary>
    public Task Accepted => _accepted.Task;

    /// <summary>Done with the receipt, or fails with <see cref="Failure"/>. Cancelled when it was discarded. It need
    /// not be watched.</summary>
    public Task<SendReceipt> Receipt => _receipt.Task;

    // What follows belongs to the outbox and is guarded by its lock.
    internal OutboxMessage Stored { get; set; }

    internal long Number => Stored.Number;

    internal int Bytes { get; }

    /// <summary>Its sender waits and is told: it is not kept when it fails.</summary>
    internal bool IsForgottenOnFailure { get; }

    /// <summary>It takes up some of the outbox's room.</summary>
    internal bool IsCounted { get; set; }

    internal bool IsDurable { get; set; }

    internal LinkedListNode<PendingMessage>? Place { get; set; }

    internal LinkedListNode<PendingMessage>? Shown { get; set; }

    /// <summary>How it was shown last.</summary>
    internal OptimisticMessage? Snapshot { get; set; }

    /// <summary>Its place among all that were shown.</summary>
    internal long Order { get; set; }

    internal ITimer? GiveUpTimer { get; set; }

    /// <summary>Sends a failed message again, under the same key, behind what waits now.</summary>
    /// <exception cref="InvalidOperationException">It has not failed, or is no longer kept.</exception>
    public void Retry() => _outbox.Retry(this);

    /// <summary>Forgets the message: one that failed, or one that waits.</summary>
    /// <returns>True: it is gone and will not be sent again; <see cref="MayBeStored"/> says whether it could have been
    /// before. False: a call with it is under way, or it is sent.</returns>
    public bool Discard() => _outbox.Discard(this);

    internal void OnGiveUp() => _outbox.GiveUp(this);

    internal void CompleteAccepted() => _accepted.TrySetResult();

    internal void Complete(SendReceipt receipt)
    {
        _accepted.TrySetResult();
        _receipt.TrySetResult(receipt);
    }

    internal void Fail(Exception failure)
    {
        if (_accepted.TrySetException(failure)) _ = _accepted.Task.Exception; // looked at: nobody need watch it
        if (_receipt.TrySetException(failure)) _ = _receipt.Task.Exception;
    }

    internal void Cancel()
    {
        _accepted.TrySetCanceled();
        _receipt.TrySetCanceled();
    }

    internal void Renew() => (_receipt, _accepted) = (NewReceipt(), NewAccepted());

    private static TaskCompletionSource<SendReceipt> NewReceipt() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource NewAccepted() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
