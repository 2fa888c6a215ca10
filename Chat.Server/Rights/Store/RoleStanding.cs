using Chat.Contracts.Entries;

namespace Chat.Server.Rights.Store;

/// <summary>What a user is in a conversation at the moment.</summary>
/// <param name="Role">The role that holds; null: takes no part.</param>
/// <param name="Until">When it ends by itself; null: it does not.</param>
/// <param name="Reason">Why the user is banned or muted; null: neither is so, or nobody said.</param>
/// <param name="IsOut">True of one who was removed by others, or banned: owners and moderators add such users
/// again.</param>
internal sealed record RoleStanding(ParticipantRole? Role, DateTimeOffset? Until, string? Reason, bool IsOut)
{
    public static readonly RoleStanding None = new(null, null, null, IsOut: false);
}
