using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Policies;

/// <summary>A new conversation.</summary>
/// <param name="Kind">A group, or a direct conversation of two.</param>
/// <param name="ParticipantIds">Who takes part, the creator included.</param>
/// <param name="Title">Its title, or null.</param>
public sealed record CreateDraft(ConversationKind Kind, IReadOnlyList<UserId> ParticipantIds, string? Title)
    : EntryDraft;
