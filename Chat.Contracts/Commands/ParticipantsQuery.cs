using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Commands;

/// <summary>Asks for a page of a conversation's participants, in the order of their ids.</summary>
public sealed record ParticipantsQuery
{
    /// <summary>Only those with this role. <see cref="ParticipantRole.Blocked"/>: those who are banned, for owners and
    /// moderators.</summary>
    public ParticipantRole? Role { get; init; }

    /// <summary>Only those after this user. Null: from the beginning.</summary>
    public UserId? After { get; init; }

    /// <summary>How many at most: 1 to 500, 100 by default. When there are fewer, the list ends there.</summary>
    public int? Limit { get; init; }
}
