using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk;

/// <content>Edits and deletions of messages, and reactions to them. They go through the outbox, in the order of the
/// calls with messages: kept as those are, sent again when the answer is lost, and stored once.</content>
public sealed partial class ChatClient
{
    /// <summary>Lets a message of this user's say something else, and waits for the receipt. What the edit names
    /// replaces all that the message said; earlier versions stay (<see cref="VersionsAsync"/>). Otherwise as
    /// <see cref="SendAsync"/>.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="command">What it is to say.</param>
    /// <param name="ct">Ends the waiting, as with <see cref="SendAsync"/>.</param>
    /// <returns>The receipt of the edit: its sequence is the message's version from now on.</returns>
    /// <exception cref="ChatConflictException">The message has another version than
    /// <see cref="EditMessage.IfVersion"/>.</exception>
    /// <exception cref="ChatRefusedException">The edit is not as <see cref="AmendmentRules"/> allow, which is checked
    /// in the call, or the server refused: <c>gone</c> where the message was deleted, <c>forbidden</c> where it is
    /// somebody else's, or the time for edits is over.</exception>
    /// <exception cref="ChatTimeoutException">It was not sent within <see cref="OutboxOptions.GiveUpAfter"/>; it may be
    /// stored.</exception>
    /// <exception cref="ChatOutboxFullException">There is no room, and the options say not to wait.</exception>
    /// <exception cref="ChatConnectException">The connection was given up.</exception>
    /// <exception cref="IOException">The outbox's store cannot be used; the edit is not accepted.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<SendReceipt> EditMessageAsync(
        ConversationId conversationId, long targetSequence, EditMessage command, CancellationToken ct = default) =>
        _outbox.SendAsync(conversationId, EditOf(command) with { TargetSequence = targetSequence }, ct);

    /// <summary>Deletes a message for everybody and for ever, with the text of its edits, and waits for the receipt.
    /// Its author may, and moderators. Otherwise as <see cref="EditMessageAsync"/>.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="command">What goes with it; null for nothing.</param>
    /// <param name="ct">Ends the waiting, as with <see cref="SendAsync"/>.</param>
    /// <exception cref="ChatRefusedException">The server refused, for instance because the message is somebody
    /// else's.</exception>
    public Task<SendReceipt> DeleteMessageAsync(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null,
        CancellationToken ct = default) =>
        _outbox.SendAsync(conversationId, DeletionOf(command) with { TargetSequence = targetSequence }, ct);

    /// <summary>Accepts an edit without waiting; views show it at once, and take it back when it is refused. Otherwise
    /// as <see cref="Enqueue"/> and <see cref="EditMessageAsync"/>.</summary>
    /// <remarks>One that was refused stays in <see cref="Pending"/> with what was wanted
    /// (<see cref="PendingMessage.Change"/>). When this client sees that the message was deleted, its edits that wait
    /// or failed are forgotten, with their text.</remarks>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage EnqueueEdit(ConversationId conversationId, long targetSequence, EditMessage command) =>
        _outbox.Enqueue(conversationId, EditOf(command) with { TargetSequence = targetSequence });

    /// <summary>Edits a message that may not be stored yet: the edit goes behind it, and fails with it.</summary>
    /// <remarks>Otherwise as <see cref="EnqueueEdit(ConversationId, long, EditMessage)"/>.</remarks>
    /// <exception cref="ArgumentException">It is no message of this client.</exception>
    /// <exception cref="InvalidOperationException">It failed or was discarded: send the new text in its
    /// place.</exception>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage EnqueueEdit(PendingMessage message, EditMessage command) =>
        _outbox.Enqueue(message, EditOf(command));

    /// <summary>Accepts a deletion without waiting, as
    /// <see cref="EnqueueEdit(ConversationId, long, EditMessage)"/> accepts an edit.</summary>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage EnqueueDelete(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null) =>
        _outbox.Enqueue(conversationId, DeletionOf(command) with { TargetSequence = targetSequence });

    /// <summary>Deletes a message that may not be stored yet. Where nothing of it was sent,
    /// <see cref="PendingMessage.Discard"/> does the same without a trace.</summary>
    /// <exception cref="ArgumentException">It is no message of this client.</exception>
    /// <exception cref="InvalidOperationException">It failed or was discarded.</exception>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage EnqueueDelete(PendingMessage message, DeleteMessage? command = null) =>
        _outbox.Enqueue(message, DeletionOf(command));

    /// <summary>Says which reactions to a message this user has from now on, all of them, and waits for the receipt.
    /// Otherwise as <see cref="EditMessageAsync"/>.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="keys">The reactions, each an emoji or a name like <c>:this_one:</c>; none takes all away.</param>
    /// <param name="ct">Ends the waiting, as with <see cref="SendAsync"/>.</param>
    /// <exception cref="ChatRefusedException">The keys are not as <see cref="ReactionRules"/> allow, which is checked
    /// in the call, or the server refused: with <c>gone</c> where the message was deleted, and with <c>bad_request</c>
    /// one more than a message may have.</exception>
    public Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys,
        CancellationToken ct = default) =>
        _outbox.SetReactionsAsync(conversationId, ReactionsOf(keys) with { TargetSequence = targetSequence }, ct);

    /// <summary>Accepts reactions without waiting, as <see cref="EnqueueEdit(ConversationId, long, EditMessage)"/>
    /// accepts an edit.</summary>
    /// <remarks>They replace those of <c>EnqueueReactions</c> for the same message that wait or were refused, whose
    /// <see cref="PendingMessage.Receipt"/> is cancelled.</remarks>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage EnqueueReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys) =>
        _outbox.Enqueue(conversationId, ReactionsOf(keys) with { TargetSequence = targetSequence });

    /// <summary>Puts reactions to a message that may not be stored yet.</summary>
    /// <exception cref="ArgumentException">It is no message of this client.</exception>
    /// <exception cref="InvalidOperationException">It failed or was discarded.</exception>
    /// <exception cref="ChatOutboxFullException">There is no room.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public PendingMessage EnqueueReactions(PendingMessage message, IReadOnlyList<string> keys) =>
        _outbox.Enqueue(message, ReactionsOf(keys));

    /// <inheritdoc cref="IChatHub.Message" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<HistoryPage> MessageAsync(
        ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Message), hub => hub.Message(conversationId, sequence), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Versions" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<HistoryPage> VersionsAsync(
        ConversationId conversationId, long sequence, long? after = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Versions), hub => hub.Versions(conversationId, sequence, after),
            repeatable: true, ct);

    private static MessageEdit EditOf(EditMessage command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new MessageEdit { Command = command };
    }

    private static MessageReactions ReactionsOf(IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new MessageReactions { Keys = [.. keys] };
    }

    private static MessageDeletion DeletionOf(DeleteMessage? command) =>
        new() { Command = command ?? new DeleteMessage() };
}
