using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core.Conversations;
using Chat.Server.Core.MessageLog;
using Chat.Server.Core.Signals;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>One public method per user operation. Every transport calls it; every rule is behind it.</summary>
/// <remarks>A refusal is a <see cref="ChatException"/>; when the database is down, it is a <see cref="StoreException"/>
/// and nothing was changed. <see cref="Refusal"/> has the texts for users.</remarks>
internal sealed class ChatService(
    MessageLog.MessageLog log, ConversationStore conversations, IMessageStore store, AccessCache access,
    WriterSubscriptions subscriptions,
    TypingReports typing, ReadMarks reads, ListChanges lists, HistoryPages history, References references,
    ThreadDesk threads, TimeProvider time)
{
    /// <summary>What is asked about threads and mentions.</summary>
    public ThreadDesk Threads => threads;

    /// <summary>Checks and enqueues a message. The first stage completes when its place in the order is fixed, the
    /// second when it is durable.</summary>
    /// <remarks>To keep order, await the first stage before the next call. The first stage is synchronous while the
    /// caller's access is cached.</remarks>
    /// <param name="caller">The sender.</param>
    /// <param name="conversation">Where to.</param>
    /// <param name="body">The text.</param>
    /// <param name="options">The rest, or null.</param>
    /// <param name="ct">Cancels waiting for a place.</param>
    /// <param name="id">The message's id, when it was accepted by <see cref="CheckSendAsync"/>; null: a new
    /// one.</param>
    /// <param name="after">The second stage of a message that must not be overtaken; null for none.</param>
    public async ValueTask<Task<Appended>> EnqueueSendAsync(
        Caller caller, ConversationId conversation, string? body, SendOptions? options, CancellationToken ct,
        MessageId? id = null, Task? after = null)
    {
        var asked = MessageDraft.Check(body, options);
        try
        {
            var draft = await DraftAsync(caller, conversation, asked, id, ct);
            var stored = await log.EnqueueAsync(draft, ct, after);
            return IsForEveryone(draft)
                ? log.Repeats.FinishAsync(caller, conversation, draft.Content, stored)
                : stored;
        }
        catch (ChatException e) when (Repeats.MayBeRepeat(EntryContent.Message(asked), e))
        {
            if (await FindRepeatAsync(caller, conversation, asked, ct) is { } first) return Task.FromResult(first);
            throw;
        }
    }

    /// <summary>The same without a task: of the second stage <paramref name="end"/> is told.</summary>
    /// <exception cref="ChatException">It is refused, and <paramref name="end"/> is told nothing.</exception>
    public async ValueTask PlaceSendAsync(
        Caller caller, ConversationId conversation, string? body, SendOptions? options, IAppendEnd end,
        CancellationToken ct)
    {
        var asked = MessageDraft.Check(body, options);
        try
        {
            var draft = await DraftAsync(caller, conversation, asked, id: null, ct);
            if (!IsForEveryone(draft)) await log.PlaceAsync(draft, end, ct);
            else
                _ = Repeats.TellAsync(end, draft, log.Repeats.FinishAsync(
                    caller, conversation, draft.Content, await log.EnqueueAsync(draft, ct)));
        }
        catch (ChatException e) when (Repeats.MayBeRepeat(EntryContent.Message(asked), e))
        {
            if (await FindRepeatAsync(caller, conversation, asked, ct) is not { } first) throw;
            end.Stored(first);
        }
    }

    /// <summary>Refuses what <see cref="EnqueueSendAsync"/> would refuse, and stores nothing.</summary>
    /// <returns>What is to be sent: policies are not asked about it again.</returns>
    public async ValueTask<CheckedMessage> CheckSendAsync(
        Caller caller, ConversationId conversation, string? body, SendOptions? options, CancellationToken ct)
    {
        var asked = MessageDraft.Check(body, options);
        try
        {
            var (message, _) = await CheckAsync(caller, conversation, asked, ct);
            var content = EntryContent.Message(message);
            var draft = new Draft(MessageId.New(time.GetUtcNow()), conversation, caller.Id, content) { By = caller };
            return (await log.JudgeAsync(draft, ct)).Content.ToMessage();
        }
        catch (ChatException e) when (Repeats.MayBeRepeat(EntryContent.Message(asked), e))
        {
            if (await FindRepeatAsync(caller, conversation, asked, ct) is not null) return asked;
            throw;
        }
    }

    /// <summary>Both stages in one.</summary>
    public async Task<Appended> SendAsync(
        Caller caller, ConversationId conversation, string? body, SendOptions? options, CancellationToken ct) =>
        await await EnqueueSendAsync(caller, conversation, body, options, ct);

    /// <summary>Prepares delivery of the conversation to the writer, after a sequence or from now on. The transport
    /// answers, then activates it.</summary>
    public Task<PendingJoin> JoinAsync(
        ClientWriter writer, ConversationId conversation, long? after, CancellationToken ct) =>
        subscriptions.JoinAsync(writer, conversation, after, ct);

    /// <summary>Ends delivery of the conversation to the writer, if it was joined. When it completes, nothing more is
    /// written.</summary>
    public ValueTask LeaveAsync(ClientWriter writer, ConversationId conversation, CancellationToken ct) =>
        writer.LeaveAsync(conversation, ct);

    /// <summary>Refuses unless the caller may read the conversation.</summary>
    public async ValueTask AuthorizeReadAsync(Caller caller, ConversationId conversation, CancellationToken ct)
    {
        var mine = await FindAccessAsync(conversation, caller, ct);
        if (!mine.MayRead) throw AccessRefusal.ToRead(mine);
    }

    /// <summary>A page of the caller's conversations and the lobby, where there is one, most recently active
    /// first.</summary>
    public Task<IReadOnlyList<ConversationSummary>> ConversationsAsync(
        Caller caller, ConversationsQuery? query, CancellationToken ct)
    {
        ChatException.ThrowIf(ListRules.Check(query, out var page));
        return conversations.ListAsync(caller.User, page, ct, access.HasLobby);
    }

    /// <summary>A page of the log, or of what is shown of it, ascending. It ends at its limit or at
    /// <see cref="ChatLimits.PageBytes"/>.</summary>
    public async Task<HistoryPage> HistoryAsync(
        Caller caller, ConversationId conversation, HistoryQuery? query, CancellationToken ct)
    {
        ChatException.ThrowIf(PageRules.Check(query, out var page));
        if (page.View == HistoryView.Log) return await history.ReadLogAsync(caller, conversation, page, ct);
        await AuthorizeReadAsync(caller, conversation, ct);
        return await history.ReadShownAsync(caller, conversation, page, ct);
    }

    /// <summary>A page of messages only, newest first, for REST. It ends at its limit or at
    /// <see cref="ChatLimits.PageBytes"/>.</summary>
    /// <param name="caller">Nobody where the deployment lets callers read without saying who they are (open
    /// mode).</param>
    /// <param name="conversation">Which.</param>
    /// <param name="before">Only those with a smaller sequence.</param>
    /// <param name="after">Only those with a larger sequence, the ones nearest to it.</param>
    /// <param name="offset">Number of newest messages to skip.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>The messages, and whether the page ended because of its size; null when the conversation does not
    /// exist.</returns>
    public async Task<(List<MessageEntry> Messages, bool IsCut)?> MessagesAsync(
        Caller caller, ConversationId conversation, long? before, long? after, int offset, int limit,
        CancellationToken ct)
    {
        var upTo = long.MaxValue;
        if (!caller.IsNobody) upTo = await access.ReadableHeadAsync(caller, conversation, ct);
        else if (!access.MayExist(conversation)
            || !await conversations.ExistsAsync(conversation, caller.Tenant, ct)) return null;
        var end = Math.Min(before ?? long.MaxValue, upTo == long.MaxValue ? upTo : upTo + 1);
        var query = new MessageQuery(after ?? 0, end, FromOldest: after is not null, offset);
        var page = await store.ReadMessagesAsync(conversation, query, limit, ct);
        return (page.Messages, page.IsCut);
    }

    /// <summary>A message, and the entry that has its content now.</summary>
    public Task<HistoryPage> MessageAsync(
        Caller caller, ConversationId conversation, long sequence, CancellationToken ct) =>
        history.ReadMessageAsync(caller, conversation, sequence, ct);

    /// <summary>A page of the versions of a message.</summary>
    public Task<HistoryPage> VersionsAsync(
        Caller caller, ConversationId conversation, long sequence, long? after, CancellationToken ct) =>
        history.ReadVersionsAsync(caller, conversation, sequence, after, ct);

    /// <summary>The stored entry at a sequence that the caller knows from a receipt.</summary>
    public async Task<ConversationEntry> EntryAsync(ConversationId conversation, long sequence, CancellationToken ct) =>
        (await store.ReadAfterAsync(conversation, sequence - 1, 1, ct))[0];

    /// <summary>Shows the others that the caller started or stopped typing. Repeats within the throttle are
    /// ignored.</summary>
    public async ValueTask TypingAsync(Caller caller, ConversationId conversation, bool isTyping, CancellationToken ct)
    {
        var mine = await FindAccessAsync(conversation, caller, ct);
        if (!mine.MayWrite) throw AccessRefusal.ToWrite(mine);
        typing.Report(caller.Id, conversation, isTyping);
    }

    /// <summary>Moves the caller's read position forward, at most to the newest entry, and notifies the others when it
    /// moved.</summary>
    /// <remarks>The first stage completes when the update is ordered, the second when it is stored.</remarks>
    /// <param name="caller">Whose position it is.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="sequence">The last that is read.</param>
    /// <param name="thread">In which thread; then both stages are one. Null: in the conversation.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async ValueTask<Task<bool>> EnqueueMarkReadAsync(
        Caller caller, ConversationId conversation, long sequence, long? thread, CancellationToken ct)
    {
        if (thread is { } first)
        {
            await threads.MarkReadAsync(caller, conversation, first, sequence, ct);
            return Task.FromResult(true);
        }
        ChatException.ThrowIf(PageRules.Sequence.Check(sequence));
        await AuthorizeReadAsync(caller, conversation, ct);
        return FinishAsync(reads.MoveAsync(conversation, caller.User, sequence).WaitAsync(ct));

        static async Task<bool> FinishAsync(Task stored)
        {
            await stored;
            return true;
        }
    }

    /// <summary>Marks this entry and all behind it as unread, for the caller alone.</summary>
    /// <param name="caller">Whose position it is.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="sequence">The first that is unread.</param>
    /// <param name="thread">In which thread; null: in the conversation.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task MarkUnreadAsync(
        Caller caller, ConversationId conversation, long sequence, long? thread, CancellationToken ct)
    {
        ChatException.ThrowIf(PageRules.FirstUnread.Check(sequence));
        if (thread is { } first)
        {
            await threads.MarkUnreadAsync(caller, conversation, first, sequence, ct);
            return;
        }
        await AuthorizeReadAsync(caller, conversation, ct);
        await reads.MarkUnreadAsync(conversation, caller.User, sequence - 1, ct);
    }

    /// <summary>Sets whether the caller gets notifications of the conversation's messages.</summary>
    public async Task SetMutedAsync(Caller caller, ConversationId conversation, bool isMuted, CancellationToken ct)
    {
        await AuthorizeReadAsync(caller, conversation, ct);
        await conversations.SetMutedAsync(conversation, caller.User, isMuted, ct);
        lists.Note(conversation, caller.Id);
    }

    /// <summary>The read positions of the participants, the highest first.</summary>
    public async Task<IReadOnlyList<ReadPosition>> ReadPositionsAsync(
        Caller caller, ConversationId conversation, CancellationToken ct)
    {
        await AuthorizeReadAsync(caller, conversation, ct);
        var positions = await reads.ListAsync(conversation, ct);
        await access.ReadableHeadAsync(caller, conversation, ct); // again: the caller may have been removed meanwhile
        return positions;
    }

    private static bool IsForEveryone(Draft draft) => draft.Content.Payload is { Mentions.Everyone: true };

    private async ValueTask<Draft> DraftAsync(
        Caller caller, ConversationId conversation, CheckedMessage asked, MessageId? id, CancellationToken ct)
    {
        var (message, mine) = await CheckAsync(caller, conversation, asked, ct);
        var content = EntryContent.Message(message);
        return new Draft(id ?? MessageId.New(time.GetUtcNow()), conversation, caller.Id, content)
        {
            AsOf = mine.AsOf, By = caller, SlowSeconds = mine.SlowSeconds,
            NeedsLevel = await references.LevelOfAsync(content, ct),
            RightsAsOf = message.Options.Mentions is { Everyone: true } ? mine.AsOf : null,
            IsJudged = id is not null,
        };
    }

    /// <summary>Synchronous while the caller's access is cached and the message refers to nothing.</summary>
    private ValueTask<(CheckedMessage Message, ConversationAccess Mine)> CheckAsync(
        Caller caller, ConversationId conversation, in CheckedMessage message, CancellationToken ct)
    {
        var found = FindAccessAsync(conversation, caller, ct);
        if (!found.IsCompletedSuccessfully) return CheckSoonAsync(caller, conversation, message, found, ct);
        var mine = found.Result;
        return mine.MayWrite && !References.AreIn(message)
            ? new((message, mine))
            : CheckSoonAsync(caller, conversation, message, new(mine), ct);
    }

    private async ValueTask<(CheckedMessage Message, ConversationAccess Mine)> CheckSoonAsync(
        Caller caller, ConversationId conversation, CheckedMessage message, ValueTask<ConversationAccess> found,
        CancellationToken ct)
    {
        var mine = await found;
        if (!mine.MayWrite) throw AccessRefusal.ToWrite(mine);
        return References.AreIn(message)
            ? await references.CheckAsync(caller, conversation, message, mine, ct)
            : (message, mine);
    }

    private Task<Appended?> FindRepeatAsync(
        Caller caller, ConversationId conversation, in CheckedMessage message, CancellationToken ct) =>
        log.Repeats.FindAsync(caller, conversation, EntryContent.Message(message), ct);

    private ValueTask<ConversationAccess> FindAccessAsync(
        ConversationId conversation, Caller caller, CancellationToken ct)
    {
        if (caller.IsApplication) return new(FindForApplicationAsync(conversation, caller.User, ct));
        var found = access.FindAsync(conversation, caller.User, ct);
        return found.IsCompletedSuccessfully ? new(found.Result ?? throw ChatException.Forbidden()) : Load(found);

        static async ValueTask<ConversationAccess> Load(ValueTask<ConversationAccess?> loading) =>
            await loading ?? throw ChatException.Forbidden();
    }

    /// <summary>Whatever the user may: it is enough that the tenant has the conversation. The commit does not ask
    /// again.</summary>
    private async Task<ConversationAccess> FindForApplicationAsync(
        ConversationId conversation, UserKey user, CancellationToken ct) =>
        await access.ReadAsync(conversation, user, ct) is { } mine
            ? mine with { Role = ParticipantRole.Owner, AsOf = long.MaxValue, SlowSeconds = 0, IsArchived = false }
            : throw ChatException.Forbidden();
}
