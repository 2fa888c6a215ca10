using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Entries;

/// <summary>Whom a message is meant for in particular.</summary>
public sealed record MessageMentions
{
    /// <summary>The users, each once; at most 50. Those who take part find the message in their
    /// inbox.</summary>
    public IReadOnlyList<UserId> Users { get; init; } = [];

    /// <summary>Everybody who takes part. Owners and moderators may say so, and anybody where no more than 50 take
    /// part.</summary>
    public bool Everyone { get; init; }

    /// <inheritdoc />
    public bool Equals(MessageMentions? other) =>
        other is not null && Everyone == other.Everyone && (Users ?? []).SequenceEqual(other.Users ?? []);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Everyone, Users?.Count);
}
