using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Rights.Store;

/// <summary>A conversation, and what some users are in it.</summary>
/// <param name="Kind">The conversation's kind.</param>
/// <param name="Title">Its title, or null.</param>
/// <param name="SlowModeSeconds">Its slow mode; 0: none.</param>
/// <param name="Head">Up to this entry of its log, at least, the rest is accounted for.</param>
/// <param name="Standings">Of the users asked about, those who were ever in it.</param>
internal sealed record ConversationRoles(
    ConversationKind Kind, string? Title, int SlowModeSeconds, long Head,
    IReadOnlyDictionary<UserId, RoleStanding> Standings)
{
    /// <summary>The owners, two at most; where nobody was made one, the longest member.</summary>
    public IReadOnlyList<UserId> Owners { get; init; } = [];

    public RoleStanding Of(UserId user) => Standings.GetValueOrDefault(user, RoleStanding.None);
}
