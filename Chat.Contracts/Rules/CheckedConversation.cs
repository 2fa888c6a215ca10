using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Rules;

/// <summary>A conversation to create: each participant once, the title trimmed, or null when it is empty.</summary>
public readonly record struct CheckedConversation(
    IReadOnlyList<UserId> ParticipantIds, ConversationKind Kind, string? Title);
