using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Rights.Store;

namespace Chat.Server.Rights;

/// <summary>Gives roles: makes owners, moderators and members, mutes and bans.</summary>
internal sealed class Roles(RightsLog log, Membership membership, TimeProvider time)
{
    public Task SetAsync(Caller caller, ConversationId conversation, SetRole? command, CancellationToken ct)
    {
        ChatException.ThrowIf(RoleRules.Check(command, out var reason));
        var (user, role) = (command!.UserId, command.Role);
        return log.AppendAsync(caller, conversation, [user], async (roles, actor) =>
        {
            var current = roles.Of(user);
            Demand(actor, caller, command, roles, current);
            var until = command.Seconds is { } seconds
                ? Microseconds.Truncate(time.GetUtcNow().AddSeconds(seconds))
                : (DateTimeOffset?)null;
            var terms = role is ParticipantRole.Blocked or ParticipantRole.Readonly
                ? new RoleTerms(until, reason)
                : null;
            if (role == ParticipantRole.Blocked)
                return new RightsChange(EntryContent.ParticipantRemoved(user))
                {
                    Terms = terms, Successor = await membership.SuccessorOfAsync(roles, conversation, user, ct)
                };
            return current.Role == role && terms is null
                ? null
                : new RightsChange(EntryContent.RoleChanged(user, role, until)) { Terms = terms };
        }, ct);
    }

    private static void Demand(
        Actor actor, Caller caller, SetRole command, ConversationRoles roles, RoleStanding current)
    {
        var act = RoleRules.ActOf(command.Role, current.Role);
        actor.Demand(act);
        var isSelf = !caller.IsApplication && command.UserId == caller.Id;
        // Moderators of the tenant may have been muted: that does not keep them from it.
        if (act != ConversationAct.SetRole
            && (isSelf ? current.Role != ParticipantRole.Readonly : !actor.IsAbove(current.Role)))
            throw new ChatException(RoleRules.NotAllowed(act));
        if (roles.Owners is [var only] && only == command.UserId
            && command.Role is not (ParticipantRole.Owner or ParticipantRole.Blocked))
            throw new ChatException(RoleRules.LastOwner());
        var isThere = current.Role is not (null or ParticipantRole.Blocked);
        if (!isThere && roles.Kind == ConversationKind.Group && command.Role != ParticipantRole.Blocked)
            throw new ChatException(RoleRules.NotThere());
    }
}
