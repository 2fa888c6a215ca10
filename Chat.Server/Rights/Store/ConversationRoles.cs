using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Rights.Store;

/// <summary>A conversation, and what some users are in it.</summary>
/// <param name="Kind">The conversation's kind.</param>
/// <param name="Settings">Its title and settings, with nothing in them that is null.</param>
/// <param name="Head">Up to this entry of its log, at least, the rest is accounted for.</param>
/// <param name="Standings">Of the users asked about, those who were ever in it.</param>
internal sealed record ConversationRoles(
    ConversationKind Kind, ChangeConversation Settings, long Head,
    IReadOnlyDictionary<UserId, RoleStanding> Standings)
{
    /// <summary>The owners, two at most; where nobody was made one, the longest member.</summary>
    public IReadOnlyList<UserId> Owners { get; init; } = [];

    public int SlowModeSeconds => Settings.SlowModeSeconds ?? 0;

    /// <summary>Nobody writes there now.</summary>
    public bool IsArchived => Settings.IsArchived == true;

    public RoleStanding Of(UserId user) => Standings.GetValueOrDefault(user, RoleStanding.None);
}
