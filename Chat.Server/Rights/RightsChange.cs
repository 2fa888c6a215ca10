using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>What is to be appended.</summary>
/// <param name="Content">The entry.</param>
internal sealed record RightsChange(EntryContent Content)
{
    /// <summary>As in <see cref="Draft.NeedsLevel"/>.</summary>
    public int? NeedsLevel { get; init; }

    /// <summary>Of a ban or a mute.</summary>
    public RoleTerms? Terms { get; init; }

    /// <summary>Those who are added may be banned, and are so no longer.</summary>
    public bool LiftsBans { get; init; }

    /// <summary>Owns the conversation from then on, because its last owner goes; null: it has another owner, or nobody
    /// is left.</summary>
    public UserId? Successor { get; init; }
}
