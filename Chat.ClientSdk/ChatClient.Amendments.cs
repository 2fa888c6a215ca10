using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk;

/// <content>Edits and deletions of messages. Each is sent with a dedupe key, so it is retried when the answer is
/// lost.</content>
public sealed partial class ChatClient
{
    /// <inheritdoc cref="IChatHub.EditMessage" />
    /// <exception cref="ChatConflictException">The message has another version than
    /// <see cref="EditMessage.IfVersion"/>.</exception>
    /// <exception cref="ChatRefusedException">The server refused: <c>gone</c> where the message was deleted,
    /// <c>forbidden</c> where it is somebody else's, or the time for edits is over.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<SendReceipt> EditMessageAsync(
        ConversationId conversationId, long targetSequence, EditMessage command, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var keyed = string.IsNullOrEmpty(command.DedupeKey) ? command with { DedupeKey = NewKey() } : command;
        return CallAsync(nameof(IChatHub.EditMessage), hub => hub.EditMessage(conversationId, targetSequence, keyed),
            repeatable: true, ct);
    }

    /// <inheritdoc cref="IChatHub.DeleteMessage" />
    /// <exception cref="ChatRefusedException">The server refused, for instance because the message is somebody
    /// else's.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<SendReceipt> DeleteMessageAsync(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null,
        CancellationToken ct = default)
    {
        command ??= new DeleteMessage();
        var keyed = string.IsNullOrEmpty(command.DedupeKey) ? command with { DedupeKey = NewKey() } : command;
        return CallAsync(nameof(IChatHub.DeleteMessage),
            hub => hub.DeleteMessage(conversationId, targetSequence, keyed), repeatable: true, ct);
    }

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

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
