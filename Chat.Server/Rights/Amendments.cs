using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>Edits and deletions of messages. What can never change (that there is a message, its author, its time) is
/// checked here; the rest is decided where the entry is stored.</summary>
internal sealed class Amendments(
    AccessCache access, IMessageStore store, RightsLog rights, MessageLog log, AmendmentContext context)
{
    /// <summary>First stage: the edit has its place in the order. Second stage: it is durable.</summary>
    public async ValueTask<Task<Appended>> EnqueueEditAsync(
        Caller caller, ConversationId conversation, long target, EditMessage? command, CancellationToken ct)
    {
        ChatException.ThrowIf(AmendmentRules.Check(target, command, out var said));
        if (caller.IsApplication) throw new ChatException(RoleRules.NotAllowed(ConversationAct.EditOwn));
        var content = EntryContent.MessageEdited(target, said);
        return await log.Repeats.TryAsync(caller, conversation, content,
            () => EditAsync(caller, conversation, said, content, command!.IfVersion, ct), ct);
    }

    /// <summary>The same for a deletion.</summary>
    public async ValueTask<Task<Appended>> EnqueueDeleteAsync(
        Caller caller, ConversationId conversation, long target, DeleteMessage? command, CancellationToken ct)
    {
        ChatException.ThrowIf(AmendmentRules.Check(target, command, out var said));
        var content = EntryContent.MessageDeleted(target, said.Reason, said.DedupeKey);
        return await log.Repeats.TryAsync(caller, conversation, content,
            () => DeleteAsync(caller, conversation, content, ct), ct);
    }

    private async ValueTask<Task<Appended>> EditAsync(
        Caller caller, ConversationId conversation, CheckedMessage said, EntryContent content, long? ifVersion,
        CancellationToken ct)
    {
        var mine = await access.FindAsync(conversation, caller.User, ct) ?? throw ChatException.Forbidden();
        if (!mine.MayWrite || !mine.May(ConversationAct.EditOwn)) throw AccessRefusal.ToWrite(mine);
        var message = await FindAsync(conversation, content.TargetSequence ?? 0, ct);
        if (message.SenderId != caller.Id) throw new ChatException(AmendmentRules.NotTheAuthor());
        var isForEveryone = said.Options.Mentions is { Everyone: true };
        if (isForEveryone) mine = await context.References.DemandEveryoneAsync(caller, conversation, ct);
        var draft = await context.DraftAsync(caller, conversation, content, ct) with
        {
            AsOf = mine.AsOf, RightsAsOf = isForEveryone ? mine.AsOf : null, IfVersion = ifVersion,
            Deadline = DeadlineOf(message),
        };
        if (draft.Deadline is { } deadline && deadline.At < context.Time.GetUtcNow())
            throw new ChatException(deadline.Passed);
        return await log.EnqueueAsync(draft, ct);
    }

    private async ValueTask<Task<Appended>> DeleteAsync(
        Caller caller, ConversationId conversation, EntryContent content, CancellationToken ct)
    {
        if (!caller.IsApplication)
        {
            var mine = await access.FindAsync(conversation, caller.User, ct);
            if (mine is not { MayRead: true }) throw AccessRefusal.ToRead(mine);
            if ((await FindAsync(conversation, content.TargetSequence ?? 0, ct)).SenderId == caller.Id)
            {
                if (!mine.MayWriteIfOpen || !mine.May(ConversationAct.DeleteOwn)) throw AccessRefusal.ToWrite(mine);
                var own = await context.DraftAsync(caller, conversation, content, ct) with { AsOf = mine.AsOf };
                return await log.EnqueueAsync(own, ct);
            }
        }
        return await RightsLog.RetryAsync(() => EnqueueOthersAsync(caller, conversation, content, ct));
    }

    private async Task<Task<Appended>> EnqueueOthersAsync(
        Caller caller, ConversationId conversation, EntryContent content, CancellationToken ct)
    {
        var (roles, actor) = await rights.FindAsync(caller, conversation, [], ct);
        actor.Demand(ConversationAct.DeleteOthers);
        // Where a user deletes, it was found before.
        if (caller.IsApplication) await FindAsync(conversation, content.TargetSequence ?? 0, ct);
        var draft = await context.DraftAsync(caller, conversation, content, ct) with { RightsAsOf = roles.Head };
        return await log.EnqueueAsync(draft, ct);
    }

    private async Task<MessageEntry> FindAsync(ConversationId conversation, long target, CancellationToken ct)
    {
        var found = await store.ReadAfterAsync(conversation, target - 1, 1, ct);
        return found is [MessageEntry message] && message.Sequence == target
            ? message
            : throw new ChatException(AmendmentRules.NoMessage());
    }

    private DraftDeadline? DeadlineOf(MessageEntry message) => context.Options.EditMinutes is > 0 and var minutes
        ? new DraftDeadline(message.CreatedAt + TimeSpan.FromMinutes(minutes), AmendmentRules.TooLate(minutes))
        : null;
}
