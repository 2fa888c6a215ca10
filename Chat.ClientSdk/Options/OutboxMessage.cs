using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>A message as an outbox store keeps it.</summary>
/// <param name="Number">Its number in the store: increases in the order of the calls, never reused.</param>
/// <param name="Conversation">Where it goes.</param>
/// <param name="Body">The text, untrimmed.</param>
/// <param name="Options">The rest; the dedupe key is always set.</param>
/// <param name="CreatedAt">When the call was made, by the client's clock.</param>
public sealed record OutboxMessage(
    long Number, ConversationId Conversation, string? Body, SendOptions Options, DateTimeOffset CreatedAt);
