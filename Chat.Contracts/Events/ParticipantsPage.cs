using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Participants of a conversation, and what the caller is there.</summary>
public sealed record ParticipantsPage
{
    /// <summary>Which conversation.</summary>
    public required ConversationId ConversationId { get; init; }

    /// <summary>The caller's own role; null for one who takes no part in a public conversation.
    /// <see cref="Rules.RightsTable"/> says what it allows.</summary>
    public ParticipantRole? Role { get; init; }

    /// <summary>The seconds between two messages of a user; 0: there is no slow mode.</summary>
    public int SlowModeSeconds { get; init; }

    /// <summary>The participants, by id.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }
}
