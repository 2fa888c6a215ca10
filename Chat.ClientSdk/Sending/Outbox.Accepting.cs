using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <content>How messages and changes come in.</content>
internal sealed partial class Outbox
{
    /// <summary>See <see cref="ChatClient.SendAsync"/>.</summary>
    public Task<SendReceipt> SendAsync(
        ConversationId conversation, string? body, SendOptions? options, CancellationToken ct) =>
        SendAsync(DraftOf(conversation, body, options), ct);

    /// <summary>See <see cref="ChatClient.EditMessageAsync"/>.</summary>
    public Task<SendReceipt> SendAsync(ConversationId conversation, MessageChange change, CancellationToken ct) =>
        SendAsync(DraftOf(conversation, change), ct);

    /// <summary>See <see cref="ChatClient.SetReactionsAsync"/>.</summary>
    public async Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversation, MessageReactions reactions, CancellationToken ct) =>
        (await StoredAsync(DraftOf(conversation, reactions), ct).ConfigureAwait(false)).ReactionReceipt!;

    /// <summary>See <see cref="ChatClient.Enqueue"/>.</summary>
    public PendingMessage Enqueue(ConversationId conversation, string? body, SendOptions? options) =>
        Enqueue(DraftOf(conversation, body, options), target: null);

    /// <summary>A change of a message that is stored.</summary>
    public PendingMessage Enqueue(ConversationId conversation, MessageChange change) =>
        Enqueue(DraftOf(conversation, change), target: null);

    /// <summary>A change of a message that this outbox has, or had.</summary>
    /// <exception cref="ArgumentException">It is no message of this outbox.</exception>
    /// <exception cref="InvalidOperationException">It was refused or discarded.</exception>
    public PendingMessage Enqueue(PendingMessage target, MessageChange change)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Change is not null || !target.IsOf(this))
            throw new ArgumentException("Only a message of this client can be changed.", nameof(target));
        return Enqueue(DraftOf(target.Conversation, change with { TargetKey = target.Key }), target);
    }

    private static OutboxMessage DraftOf(ConversationId conversation, string? body, SendOptions? options) =>
        new(0, conversation, body, Keyed(options ?? new SendOptions()), default);

    private static OutboxMessage DraftOf(ConversationId conversation, MessageChange change) =>
        new(0, conversation, null, Keyed(new SendOptions { DedupeKey = KeyOf(change) }), default) { Change = change };

    private static SendOptions Keyed(SendOptions options) =>
        string.IsNullOrEmpty(options.DedupeKey) ? options with { DedupeKey = Guid.NewGuid().ToString("N") } : options;

    private static string? KeyOf(MessageChange change) => change switch
    {
        MessageEdit edit => edit.Command.DedupeKey,
        MessageDeletion deletion => deletion.Command.DedupeKey,
        _ => null,
    };

    private async Task<SendReceipt> SendAsync(OutboxMessage draft, CancellationToken ct) =>
        await (await StoredAsync(draft, ct).ConfigureAwait(false)).Receipt.ConfigureAwait(false);

    private async Task<PendingMessage> StoredAsync(OutboxMessage draft, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (MessageCheck.Find(draft) is { } refusal) throw refusal;
        var message = Accept(draft, target: null, isAwaited: true);
        try
        {
            await message.Receipt.WaitAsync(ct).ConfigureAwait(false);
            return message;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await WithdrawAsync(message).ConfigureAwait(false);
            throw;
        }
    }

    private PendingMessage Enqueue(OutboxMessage draft, PendingMessage? target)
    {
        if (MessageCheck.Find(draft) is { } refusal) return Refuse(draft, refusal);
        var message = Accept(draft, target, isAwaited: false);
        if (message.Change is MessageReactions) DiscardOlder(message);
        return message;
    }

    /// <summary>Reactions are named as a whole: those that wait, or were refused, need not be sent before. Those whose
    /// caller waits are.</summary>
    private void DiscardOlder(PendingMessage newest)
    {
        foreach (var older in Pending.In(newest.Conversation))
            if (older.Change is MessageReactions && older.Order < newest.Order && !older.IsForgottenOnFailure
                && older.Change.TargetKey == newest.Change!.TargetKey
                && (older.Change.TargetKey is not null
                    || older.Change.TargetSequence == newest.Change.TargetSequence)) Discard(older);
    }

    private PendingMessage Accept(OutboxMessage draft, PendingMessage? target, bool isAwaited)
    {
        var message = new PendingMessage(this, draft with { CreatedAt = Time.GetUtcNow() }, isAwaited);
        lock (_gate)
        {
            ClientDisposed.ThrowIf(_isDisposed);
            if (target is not null) Follow_NeedsLock(message, target);
            if (_isOpen && _waiting.Count == 0 && _room.Fits(message)) Admit_NeedsLock(message);
            else if (_isOpen ? isAwaited && !Options.FailWhenFull : isAwaited || _waiting.Count < Options.Capacity)
                message.Place = _waiting.AddLast(message);
            else
            {
                target?.Followers.Remove(message);
                throw Full();
            }
            Pending.Show_NeedsLock(message);
            StartGivingUp_NeedsLock(message);
        }
        _telemetry.Sent();
        _ = BeginOpening(); // it never fails: callers get the failure through the message
        Tell(message);
        return message;
    }

    /// <summary>Takes what the server would refuse in any case as one that it has refused: a screen shows it, and
    /// nothing else is held up.</summary>
    private PendingMessage Refuse(OutboxMessage draft, ChatRefusedException refusal)
    {
        var message =
            new PendingMessage(this, draft with { CreatedAt = Time.GetUtcNow() }, isForgottenOnFailure: false);
        lock (_gate)
        {
            ClientDisposed.ThrowIf(_isDisposed);
            if (!_room.Fits(message)) throw Full();
            _room.Take(message);
            Pending.Show_NeedsLock(message);
            (message.State, message.Failure) = (PendingMessageState.Failed, refusal);
        }
        message.CompleteAccepted();
        message.Fail(refusal);
        Tell(message);
        return message;
    }

    private ChatOutboxFullException Full() =>
        new($"The outbox is full: it may hold {Options.Capacity} messages and {Options.CapacityBytes} bytes.");
}
