using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Rights.Store;

namespace Chat.Server.Rights;

/// <summary>What a caller may do in one conversation: the one place that asks the table (<see cref="RightsTable"/>) for
/// callers of all sorts.</summary>
/// <remarks>A moderator of the tenant is a moderator of every conversation that the user may see; the application
/// stands above all users.</remarks>
/// <param name="Kind">Of what kind the conversation is.</param>
/// <param name="Role">The role that counts; null: none.</param>
/// <param name="IsApplication">A back end calls for no user.</param>
/// <param name="Own">What the user is by the database.</param>
internal sealed record Actor(ConversationKind Kind, ParticipantRole? Role, bool IsApplication, RoleStanding Own)
{
    public bool MaySee => May(ConversationAct.Read);

    public static Actor Of(Caller caller, ConversationRoles roles)
    {
        var own = caller.IsApplication ? RoleStanding.None : roles.Of(caller.Id);
        var role = own.Role;
        var isModerator = caller.Roles.HasFlag(CallerRoles.Moderator) && role is not ParticipantRole.Owner
            && RightsTable.Allow(ConversationAct.Read, roles.Kind, role);
        return new Actor(roles.Kind, isModerator ? ParticipantRole.Moderator : role, caller.IsApplication, own);
    }

    public bool May(ConversationAct act) => IsApplication
        ? RightsTable.AllowApplication(act, Kind)
        : RightsTable.Allow(act, Kind, Role);

    /// <summary>Whether the caller stands above the other, who may be removed, banned, muted.</summary>
    public bool IsAbove(ParticipantRole? other) =>
        IsApplication || RightsTable.IsAbove(Role, other);

    /// <exception cref="ChatException">The caller may not.</exception>
    public void Demand(ConversationAct act)
    {
        if (!May(act)) throw new ChatException(RoleRules.NotAllowed(act));
    }

    /// <summary>The application goes on in an archived conversation.</summary>
    /// <exception cref="ChatException">It is archived.</exception>
    public void DemandOpen(ConversationRoles roles)
    {
        if (roles.IsArchived && !IsApplication) throw new ChatException(RoleRules.Archived);
    }

    /// <summary>The refusal of one who may not see the conversation.</summary>
    public ChatException Refusal() => AccessRefusal.ToRead(Own.Role, Own.Until, Own.Reason);
}
