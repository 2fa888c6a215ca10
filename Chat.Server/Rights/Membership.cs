using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;
using Chat.Server.Rights.Store;

namespace Chat.Server.Rights;

/// <summary>Who takes part: adds and removes.</summary>
internal sealed class Membership(
    RightsLog log, RightsStore store, IBlocks blocks, ConversationsOptions options)
{
    /// <summary>Adds the users who are not participants yet, with an entry when there are any.</summary>
    public Task AddAsync(
        Caller caller, ConversationId conversation, IReadOnlyList<UserId> participants, CancellationToken ct)
    {
        ChatException.ThrowIf(ConversationRules.CheckParticipants(participants, out var wanted));
        return log.AppendAsync(caller, conversation, wanted, async (roles, actor) =>
        {
            if (roles.Kind != ConversationKind.Group) throw new ChatException(MembershipRules.AddToGroupOnly());
            actor.Demand(ConversationAct.Add);
            actor.DemandOpen(roles);
            if (options.AddPolicy == AddPolicy.Backend && !caller.IsByKey)
                throw new ChatException(RoleRules.AddedByBackend());
            var added = wanted.Where(user => roles.Of(user).Role is null or ParticipantRole.Blocked).ToList();
            await blocks.RefuseAsync(caller, added, ct);
            var isAgain = added.Exists(user => roles.Of(user).IsOut);
            if (isAgain) actor.Demand(ConversationAct.AddAgain);
            return added.Count == 0
                ? null
                : new RightsChange(EntryContent.ParticipantsAdded(added)) { LiftsBans = isAgain };
        }, ct);
    }

    /// <summary>Removes the caller, or others where the caller may. Its entry is the last one that the removed user
    /// sees. When the last owner goes, another one follows.</summary>
    public Task RemoveAsync(Caller caller, ConversationId conversation, UserId participant, CancellationToken ct) =>
        log.AppendAsync(caller, conversation, [participant], async (roles, actor) =>
        {
            if (roles.Kind != ConversationKind.Group) throw new ChatException(MembershipRules.RemoveFromGroupOnly());
            var other = roles.Of(participant).Role;
            if (!caller.IsApplication && participant == caller.Id) actor.Demand(ConversationAct.Leave);
            else if (!actor.May(ConversationAct.Remove) || !actor.IsAbove(other))
                throw new ChatException(RoleRules.NotAllowed(ConversationAct.Remove));
            if (other is null or ParticipantRole.Blocked) return null;
            return new RightsChange(EntryContent.ParticipantRemoved(participant))
            {
                Successor = await SuccessorOfAsync(roles, conversation, participant, ct)
            };
        }, ct);

    /// <summary>Who owns the conversation when this user goes; null: somebody else does so already, or nobody is
    /// left.</summary>
    public async ValueTask<UserId?> SuccessorOfAsync(
        ConversationRoles roles, ConversationId conversation, UserId gone, CancellationToken ct) =>
        roles.Owners is [var only] && only == gone ? await store.FindSuccessorAsync(conversation, gone, ct) : null;
}
