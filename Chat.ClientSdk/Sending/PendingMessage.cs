using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>A message, or a change of one, in the outbox. A screen shows it until its entry comes: that of a message
/// has the same dedupe key.</summary>
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

    /// <summary>The dedupe key. The entry of a message carries it too.</summary>
    public string Key => Stored.Options.DedupeKey!;

    /// <summary>Where it goes.</summary>
    public ConversationId Conversation => Stored.Conversation;

    /// <summary>The text; null of a change.</summary>
    public string? Body => Stored.Body;

    /// <summary>The rest of the message, with its key.</summary>
    public SendOptions Options => Stored.Options;

    /// <summary>Null: it is a message. Else what is to happen to one.</summary>
    public MessageChange? Change => Stored.Change;

    /// <summary>When it was sent, by this client's clock; after <see cref="Retry"/>, the time of the retry.</summary>
    public DateTimeOffset CreatedAt => Stored.CreatedAt;

    /// <summary>How far it has come.</summary>
    public PendingMessageState State { get; internal set; }

    /// <summary>Why it failed: <see cref="ChatRefusedException"/>, <see cref="ChatTimeoutException"/>,
    /// <see cref="ChatConnectException"/> when the client gave up, <see cref="ChatDisconnectedException"/> when this
    /// message broke the connection repeatedly, or the store's exception. Null unless <see cref="State"/> is failed;
    /// also null when it was discarded.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>True once it was passed to a connection by this client, or may have been by an earlier one. Then the
    /// server may have stored it, in any state.</summary>
    public bool MayBeStored { get; internal set; }

    /// <summary>Completes when the message is accepted: there is room, and the store has it. From then on it survives
    /// the process if the store does. Done as well for one that was refused in the call, see
    /// <see cref="ChatClient.Enqueue"/>.</summary>
    public Task Accepted => _accepted.Task;

    /// <summary>Completes with the receipt, or fails with <see cref="Failure"/>. Cancelled when it was discarded. It
    /// need not be observed. A change that was stored before, or that changes nothing, is a
    /// <see cref="SendReceipt.Duplicate"/>.</summary>
    public Task<SendReceipt> Receipt => _receipt.Task;

    /// <summary>What the server answered to <see cref="MessageReactions"/>; else null. Their <see cref="Receipt"/> has
    /// no id, and the sequence 0 where an entry tells them later.</summary>
    public ReactionReceipt? ReactionReceipt { get; internal set; }

    // The members below belong to the outbox and are guarded by its lock.
    internal OutboxMessage Stored { get; set; }

    internal long Number => Stored.Number;

    /// <summary>The sequence of its receipt, once it is sent.</summary>
    internal long StoredAt { get; set; }

    internal bool IsOf(Outbox outbox) => _outbox == outbox;

    internal int Bytes { get; }

    /// <summary>Its sender waits and gets the failure: it is not kept when it fails.</summary>
    internal bool IsForgottenOnFailure { get; }

    /// <summary>It takes up some of the outbox's room.</summary>
    internal bool IsCounted { get; set; }

    internal bool IsDurable { get; set; }

    internal LinkedListNode<PendingMessage>? Place { get; set; }

    internal LinkedListNode<PendingMessage>? Shown { get; set; }

    /// <summary>The state that was reported last.</summary>
    internal OptimisticMessage? Snapshot { get; set; }

    /// <summary>Its place among all reported messages.</summary>
    internal long Order { get; set; }

    internal ITimer? GiveUpTimer { get; set; }

    /// <summary>The message that it changes, where that was not stored yet in the call: it is sent after it.</summary>
    internal PendingMessage? Target { get; set; }

    /// <summary>The changes that wait for this message's sequence, or use what the store has of it.</summary>
    internal List<PendingMessage> Followers { get; } = [];

    /// <summary>It is done with, and stays in the store for its followers.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>Sends it again after it failed, with the same key, behind the messages that wait now.</summary>
    /// <exception cref="InvalidOperationException">It has not failed, or is no longer kept; or it changes a message
    /// that was not sent: try that one again first.</exception>
    public void Retry() => _outbox.Retry(this);

    /// <summary>Drops what failed or waits; with a message the changes of it that wait for it.</summary>
    /// <returns>True: it will not be sent again; <see cref="MayBeStored"/> says whether it may already be stored.
    /// False: it is being sent, or it is sent.</returns>
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
        if (_accepted.TrySetException(failure)) _ = _accepted.Task.Exception; // observed, so that callers need not
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
