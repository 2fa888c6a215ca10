using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;

namespace Chat.Server.Core;

/// <summary>What users are told who may not read or write a conversation.</summary>
internal static class AccessRefusal
{
    /// <summary>One text for "does not exist" and "takes no part"; who is banned is told so.</summary>
    public static ChatException ToRead(ConversationAccess? mine) => ToRead(mine?.Role, mine?.Until, mine?.Reason);

    /// <inheritdoc cref="ToRead(ConversationAccess?)"/>
    public static ChatException ToRead(ParticipantRole? role, DateTimeOffset? until, string? reason) =>
        role == ParticipantRole.Blocked && reason is not null
            ? new ChatException(RoleRules.Banned(until, reason))
            : ChatException.Forbidden();

    /// <summary>Who may read is muted, or there is a block, of which nothing is said.</summary>
    public static ChatException ToWrite(ConversationAccess mine) => mine.IsBlocked ? ChatException.Forbidden()
        : mine is { IsArchived: true, MayRead: true } ? new ChatException(RoleRules.Archived)
        : mine.MayRead
        ? new ChatException(RoleRules.ReadOnly(mine.Until, mine.Reason ?? ""))
        : ToRead(mine);
}
