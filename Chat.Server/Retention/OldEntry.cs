using Chat.Contracts.Identifiers;

namespace Chat.Server.Retention;

/// <summary>An entry that is old enough.</summary>
/// <param name="HasContent">True for a message whose content is to go.</param>
internal sealed record OldEntry(
    long Id, ConversationId ConversationId, long Sequence, DateTimeOffset CreatedAt, bool HasContent);
