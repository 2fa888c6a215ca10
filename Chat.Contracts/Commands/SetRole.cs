using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Commands;

/// <summary>Gives a user another role in a conversation.</summary>
public sealed record SetRole
{
    /// <summary>Whose.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The new role. <see cref="ParticipantRole.Blocked"/> bans: the user takes part no longer.
    /// <see cref="ParticipantRole.Readonly"/> mutes.</summary>
    public required ParticipantRole Role { get; init; }

    /// <summary>How long a ban or a mute holds, by the server's clock; null: until it is taken back.</summary>
    public int? Seconds { get; init; }

    /// <summary>Why the user is banned or muted, at most 255 characters: told to the user, to owners and moderators.
    /// Null: no reason.</summary>
    public string? Reason { get; init; }
}
