using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>The answer to a send, once the message is durable.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Sequence">Its position in the conversation.</param>
/// <param name="CreatedAt">When the server stored it.</param>
/// <param name="Duplicate">True when the message had been stored before with the same dedupe key; the other values are
/// then those of the first send.</param>
public sealed record SendReceipt(MessageId Id, long Sequence, DateTimeOffset CreatedAt, bool Duplicate);
