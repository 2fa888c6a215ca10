using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>The reactions of the caller to a message, set on another device.</summary>
/// <param name="ConversationId">Where.</param>
/// <param name="TargetSequence">The message's sequence.</param>
/// <param name="Keys">All of them, by key; empty when there are none any more.</param>
public sealed record OwnReactions(ConversationId ConversationId, long TargetSequence, IReadOnlyList<string> Keys);
