using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>Pins messages. That there is such a message never changes, and is checked here; whether it is pinned,
/// deleted, or one too many is decided where the entry is stored, and so is whether the caller may.</summary>
internal sealed class Pinning(
    ReferenceStore references, RightsLog rights, MessageLog log, AmendmentContext context, AccessCache access)
{
    public async Task<Appended> SetAsync(
        Caller caller, ConversationId conversation, long target, bool isPinned, CancellationToken ct)
    {
        ChatException.ThrowIf(AmendmentRules.Target.Check(target));
        var content = EntryContent.Pinned(target, isPinned);
        return await await RightsLog.RetryAsync(() => EnqueueAsync(caller, conversation, content, target, ct));
    }

    /// <summary>The pinned messages, the one that was pinned last first.</summary>
    public async Task<IReadOnlyList<Pin>> ListAsync(Caller caller, ConversationId conversation, CancellationToken ct)
    {
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        return [.. (await references.PinsAsync(conversation, ct)).Where(pin => pin.PinSequence <= head)];
    }

    private async Task<Task<Appended>> EnqueueAsync(
        Caller caller, ConversationId conversation, EntryContent content, long target, CancellationToken ct)
    {
        var (roles, actor) = await rights.FindAsync(caller, conversation, [], ct);
        actor.Demand(ConversationAct.Pin);
        actor.DemandOpen(roles);
        if (context.Options.PinPolicy == PinPolicy.Moderators && !caller.IsApplication
            && actor.Role is not (ParticipantRole.Owner or ParticipantRole.Moderator))
            throw new ChatException(RoleRules.PinnedByModerators());
        if (!(await references.FindAsync(conversation, [target], ct)).ContainsKey(target))
            throw new ChatException(AmendmentRules.NoMessage());
        var draft = await context.DraftAsync(caller, conversation, content, ct) with { RightsAsOf = roles.Head };
        return await log.EnqueueAsync(draft, ct);
    }
}
