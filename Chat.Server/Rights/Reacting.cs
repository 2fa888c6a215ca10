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

/// <summary>Sets users' reactions to messages, and says who has which. Whether there is such a message with content,
/// whether the user may, and how many reactions it has, is decided where they are stored.</summary>
internal sealed class Reacting(AccessCache access, ReactionStore store, MessageLog log, AmendmentContext context)
{
    private TimeSpan Interval => TimeSpan.FromMilliseconds(context.Options.ReactionIntervalMilliseconds);

    /// <summary>First stage: the reactions have their place in the order. Second stage: they are durable.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="target">The message.</param>
    /// <param name="given">The caller's whole set from now on.</param>
    /// <param name="from">The connection that asks; null: none.</param>
    /// <param name="ct">Cancels waiting for a place.</param>
    public async ValueTask<Task<ReactionReceipt>> EnqueueAsync(
        Caller caller, ConversationId conversation, long target, IReadOnlyList<string>? given, object? from,
        CancellationToken ct)
    {
        ChatException.ThrowIf(ReactionRules.Check(target, given, out var keys));
        if (caller.IsApplication) throw new ChatException(RoleRules.NotAllowed(ConversationAct.React));
        var mine = await access.FindAsync(conversation, caller.User, ct) ?? throw ChatException.Forbidden();
        if (!mine.MayWrite || !mine.May(ConversationAct.React)) throw AccessRefusal.ToWrite(mine);
        var draft = await context.DraftAsync(
            caller, conversation, EntryContent.ReactionsChanged(target), ct) with
        {
            AsOf = mine.AsOf, Reaction = new ReactionMove(keys, Interval) { From = from },
        };
        return ReceiptAsync(await log.EnqueueAsync(draft, ct), keys);
    }

    /// <summary>Tells what is untold, unless another entry has told it since.</summary>
    public ValueTask<Task<Appended>> EnqueueTellAsync(ReactionMark mark, CancellationToken ct) => log.EnqueueAsync(
        new Draft(MessageId.New(context.Time.GetUtcNow()), mark.Conversation, mark.Sender,
            EntryContent.ReactionsChanged(mark.Target))
        {
            Reaction = new ReactionMove(Keys: null, Interval) { Told = mark.Told },
        }, ct);

    /// <summary>A page of who has put which reactions to a message.</summary>
    public async Task<ReactionsPage> ListAsync(
        Caller caller, ConversationId conversation, long target, string? key, UserId? after, CancellationToken ct)
    {
        ChatException.ThrowIf(ReactionRules.Check(target, key));
        var page = await store.ListAsync(conversation, target, key, after, ct);
        // Asked after the page was read: a user who may read at that time may read all that is in it.
        await access.ReadableHeadAsync(caller, conversation, ct);
        return page ?? throw new ChatException(AmendmentRules.NoMessage());
    }

    private static async Task<ReactionReceipt> ReceiptAsync(Task<Appended> stored, IReadOnlyList<string> keys)
    {
        var (entry, isDuplicate) = await stored;
        return new ReactionReceipt(keys, entry.Sequence > 0 ? entry.Sequence : null, entry.CreatedAt, isDuplicate);
    }
}
