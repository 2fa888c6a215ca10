using Chat.Contracts.Entries;
using Chat.Contracts.Rules;

namespace Chat.Server.Persistence;

/// <summary>What one user is in one conversation, as it was when it was read.</summary>
/// <param name="Kind">The conversation's kind.</param>
/// <param name="Role">The user's role; null for one who does not take part.</param>
/// <param name="AsOf">The conversation's newest sequence when this was read: whatever lowered a right up to it is
/// accounted for.</param>
internal sealed record ConversationAccess(ConversationKind Kind, ParticipantRole? Role, long AsOf)
{
    /// <summary>When the role ends by itself; null: it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why the user is banned or muted; empty: no reason. Null: neither, or blocked by the operator of the
    /// database, which looks as if the conversation did not exist.</summary>
    public string? Reason { get; init; }

    /// <summary>The seconds between two messages of this user; 0: there is no slow mode, or not for the user.</summary>
    public int SlowSeconds { get; init; }

    /// <summary>True: it is a direct conversation, and one of the two has blocked the other.</summary>
    public bool IsBlocked { get; init; }

    public bool MayRead => May(ConversationAct.Read);

    /// <summary>True: nobody writes there now.</summary>
    public bool IsArchived { get; init; }

    public bool MayWrite => MayWriteIfOpen && !IsArchived;

    /// <summary>Whether the user may write, but for the archive.</summary>
    public bool MayWriteIfOpen => May(ConversationAct.Send) && !IsBlocked;

    /// <summary>Whether <see cref="RightsTable"/> allows it.</summary>
    public bool May(ConversationAct act) => RightsTable.Allow(act, Kind, Role);
}
