using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>A message, or a change of one, as an outbox store keeps it.</summary>
/// <param name="Number">Its number in the store: increases in the order of the calls, never reused.</param>
/// <param name="Conversation">Where it goes.</param>
/// <param name="Body">The text, untrimmed; null of a change.</param>
/// <param name="Options">The rest; the dedupe key is always set.</param>
/// <param name="CreatedAt">When the call was made, by the client's clock.</param>
public sealed record OutboxMessage(
    long Number, ConversationId Conversation, string? Body, SendOptions Options, DateTimeOffset CreatedAt)
{
    /// <summary>Null: it is a message. Else what is to happen to one; then there is neither text nor
    /// attachment.</summary>
    /// <remarks>A version before, and a store that does not keep this, has a message without content, which the
    /// outbox refuses: nothing of it is sent.</remarks>
    public MessageChange? Change { get; init; }
}
