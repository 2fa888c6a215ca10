using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Entries;

/// <summary>A participant has another role. What the old one allowed and the new one does not ends with this
/// entry.</summary>
/// <remarks>A ban is a <see cref="ParticipantRemovedEntry"/>: others are not told more.</remarks>
public sealed record RoleChangedEntry : ConversationEntry
{
    /// <summary>Whose.</summary>
    public required UserId ParticipantId { get; init; }

    /// <summary>The new role.</summary>
    public required ParticipantRole Role { get; init; }

    /// <summary>When <see cref="ParticipantRole.Readonly"/> ends by itself, and the user is a member again; null: it
    /// does not.</summary>
    public DateTimeOffset? Until { get; init; }
}
