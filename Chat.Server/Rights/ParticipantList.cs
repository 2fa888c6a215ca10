using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Rights.Store;

namespace Chat.Server.Rights;

/// <summary>Who takes part in a conversation, in which role.</summary>
internal sealed class ParticipantList(RightsLog log, RightsStore store)
{
    public async Task<ParticipantsPage> ListAsync(
        Caller caller, ConversationId conversation, ParticipantsQuery? query, CancellationToken ct)
    {
        ChatException.ThrowIf(RoleRules.Check(query));
        var (roles, actor) = await log.FindAsync(caller, conversation, [], ct);
        DemandRight(actor, query);
        var listed = await store.ListAsync(conversation, roles.Owners, query?.Role, query?.After,
            query?.Limit ?? ChatLimits.DefaultParticipantsPage, ct);
        // Again: the caller may have been removed meanwhile, or may no longer be told the reasons.
        (roles, actor) = await log.FindAsync(caller, conversation, [], ct);
        DemandRight(actor, query);
        var seesReasons = actor.May(ConversationAct.Ban);
        return new ParticipantsPage
        {
            ConversationId = conversation, Role = actor.Role, SlowModeSeconds = roles.SlowModeSeconds,
            Participants = listed.ConvertAll(one => new Participant
            {
                UserId = one.User, Role = one.Standing.Role ?? ParticipantRole.Member, Until = one.Standing.Until,
                Reason = (seesReasons || one.User == caller.Id) && one.Standing.Reason?.Length > 0
                    ? one.Standing.Reason
                    : null,
            }),
        };
    }

    private static void DemandRight(Actor actor, ParticipantsQuery? query)
    {
        actor.Demand(ConversationAct.ListParticipants);
        if (query?.Role == ParticipantRole.Blocked) actor.Demand(ConversationAct.Ban);
    }
}
