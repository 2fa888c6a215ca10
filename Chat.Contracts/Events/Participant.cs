using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A participant of a conversation.</summary>
public sealed record Participant
{
    /// <summary>Who.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The role that holds now.</summary>
    public required ParticipantRole Role { get; init; }

    /// <summary>When it ends by itself; null: it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why the user is banned or muted; null: no reason was given, or it is not the caller's to
    /// know.</summary>
    public string? Reason { get; init; }
}
