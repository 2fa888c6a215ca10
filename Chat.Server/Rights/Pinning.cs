using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
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
    private const int Attempts = 5;

    public async Task<Appended> SetAsync(
        Caller caller, ConversationId conversation, long target, bool isPinned, CancellationToken ct)
    {
        ChatException.ThrowIf(AmendmentRules.Target.Check(target));
        for (var attempt = 1; ; attempt++)
        {
            var draft = await DraftAsync(caller, conversation, EntryContent.Pinned(target, isPinned), ct);
            try
            {
                return await await log.EnqueueAsync(draft, ct);
            }
            catch (ChatException e) when (e.Code == ChatErrorCode.Forbidden && attempt < Attempts)
            {
                // Somebody's right was changed since it was read.
            }
        }
    }

    /// <summary>The pinned messages, the one that was pinned last first.</summary>
    public async Task<IReadOnlyList<Pin>> ListAsync(Caller caller, ConversationId conversation, CancellationToken ct)
    {
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        return [.. (await references.PinsAsync(conversation, ct)).Where(pin => pin.PinSequence <= head)];
    }

    private async Task<Draft> DraftAsync(
        Caller caller, ConversationId conversation, EntryContent content, CancellationToken ct)
    {
        var (roles, actor) = await rights.FindAsync(caller, conversation, [], ct);
        actor.Demand(ConversationAct.Pin);
        if (context.Options.PinPolicy == PinPolicy.Moderators && !caller.IsApplication
            && actor.Role is not (ParticipantRole.Owner or ParticipantRole.Moderator))
            throw new ChatException(RoleRules.PinnedByModerators());
        if (!(await references.FindAsync(conversation, [content.TargetSequence!.Value], ct))
            .ContainsKey(content.TargetSequence.Value)) throw new ChatException(AmendmentRules.NoMessage());
        return new Draft(MessageId.New(context.Time.GetUtcNow()), conversation, caller.Id, content)
        {
            By = caller, RightsAsOf = roles.Head, NeedsLevel = await context.Kinds.DemandAsync(ct),
        };
    }
}
