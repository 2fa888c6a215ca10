using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>Connections whose every step the test decides.</summary>
internal sealed class ScriptedConnector : IChatConnector
{
    private readonly Inbox<ScriptedConnection> _created = new();
    private readonly ConcurrentQueue<Exception?> _answers = new();

    public int Count { get; private set; }

    /// <summary>Attempts that nobody scripted hang until the test answers them; else they succeed.</summary>
    public bool Hold { get; set; }

    /// <summary>Runs where connections that are made from now on are opened, before anything else.</summary>
    public Action? BeforeOpening { get; set; }

    /// <summary>For whom the connections that are made from now on take their caller.</summary>
    public CallerIdentity Identity { get; set; } = new(UserId.Parse("ann"), "default", null, ["user"], null);

    /// <summary>What the next attempts end with: null for success.</summary>
    public ScriptedConnector Answer(params Exception?[] answers)
    {
        foreach (var answer in answers) _answers.Enqueue(answer);
        return this;
    }

    public IChatConnection Create()
    {
        Count++;
        var connection = new ScriptedConnection { BeforeOpening = BeforeOpening };
        connection.Script.Identity = Identity;
        if (_answers.TryDequeue(out var answer)) connection.Answer(answer);
        else if (!Hold) connection.Answer(null);
        _created.Add(connection);
        return connection;
    }

    /// <summary>The next connection, once its attempt has begun.</summary>
    public async Task<ScriptedConnection> NextAsync()
    {
        var connection = await _created.NextAsync();
        await connection.Opening;
        return connection;
    }

    public bool NoneWaiting => _created.IsEmpty;
}

/// <summary>One scripted connection.</summary>
internal sealed class ScriptedConnection : IChatConnection
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Action? BeforeOpening { get; init; }

    public ScriptedHub Script { get; } = new();

    public IChatHub Hub => Script;

    public Task<Exception?> Ended => _ended.Task;

    /// <summary>Pushes, as a server does.</summary>
    public Action<Push> Push { get; private set; } = null!;

    /// <summary>Ends when the attempt to open it has begun.</summary>
    public Task Opening => _opening.Task.WaitAsync(Bounds.Wait);

    public Task Disposed => _disposed.Task.WaitAsync(Bounds.Wait);

    public bool IsDisposed => _disposed.Task.IsCompleted;

    /// <summary>Ends the attempt to open it.</summary>
    public void Answer(Exception? failure)
    {
        if (failure is null) _opened.TrySetResult();
        else _opened.TrySetException(failure);
    }

    public void Lose(Exception? reason = null) =>
        _ended.TrySetResult(reason ?? new ChatDisconnectedException("cut by the test"));

    public Task OpenAsync(Action<Push> receive, CancellationToken ct)
    {
        Push = receive;
        _opening.TrySetResult();
        BeforeOpening?.Invoke();
        return _opened.Task.WaitAsync(ct);
    }

    public ValueTask DisposeAsync()
    {
        _ended.TrySetResult(null);
        _disposed.TrySetResult();
        return default;
    }
}

/// <summary>Answers every call with what the test said.</summary>
internal sealed class ScriptedHub : IChatHub
{
    private readonly Inbox<string> _calls = new();

    /// <summary>Given the method's name; null: the call never ends.</summary>
    public Func<string, Task<object?>?> Respond { get; set; } = _ => Task.FromResult<object?>(null);

    /// <summary>What <see cref="Me"/> and <see cref="Refresh"/> answer, unless <see cref="Respond"/> says
    /// otherwise.</summary>
    public CallerIdentity Identity { get; set; } = null!;

    /// <summary>The tokens that were handed over, as they come.</summary>
    public Inbox<string> Tokens { get; } = new();

    public Task<string> NextCallAsync() => _calls.NextAsync();

    public Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null) =>
        CallAsync<JoinResult>(nameof(Join));

    public Task Leave(ConversationId conversationId) => CallAsync<object>(nameof(Leave));

    public Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null) =>
        CallAsync<SendReceipt>(nameof(Send));

    public Task<SendReceipt> EditMessage(
        ConversationId conversationId, long targetSequence, EditMessage command) =>
        CallAsync<SendReceipt>(nameof(EditMessage));

    public Task<SendReceipt> DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null) =>
        CallAsync<SendReceipt>(nameof(DeleteMessage));

    public Task<HistoryPage> Message(ConversationId conversationId, long sequence) =>
        CallAsync<HistoryPage>(nameof(Message));

    public Task<HistoryPage> Versions(ConversationId conversationId, long sequence, long? after = null) =>
        CallAsync<HistoryPage>(nameof(Versions));

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        CallAsync<ConversationSummary>(nameof(CreateConversation));

    public Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null) =>
        CallAsync<IReadOnlyList<ConversationSummary>>(nameof(Conversations));

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        CallAsync<HistoryPage>(nameof(History));

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        CallAsync<object>(nameof(AddParticipants));

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        CallAsync<object>(nameof(RemoveParticipant));

    public Task<ParticipantsPage> Participants(ConversationId conversationId, ParticipantsQuery? query = null) =>
        CallAsync<ParticipantsPage>(nameof(Participants));

    public Task SetRole(ConversationId conversationId, SetRole command) => CallAsync<object>(nameof(SetRole));

    public Task ChangeConversation(ConversationId conversationId, ChangeConversation command) =>
        CallAsync<object>(nameof(ChangeConversation));

    public Task<IReadOnlyList<ThreadSummary>> Threads(ConversationId conversationId, ThreadsQuery? query = null) =>
        CallAsync<IReadOnlyList<ThreadSummary>>(nameof(Threads));

    public Task FollowThread(ConversationId conversationId, long thread, bool isFollowing = true) =>
        CallAsync<object>(nameof(FollowThread));

    public Task<SendReceipt> SetPinned(ConversationId conversationId, long targetSequence, bool isPinned = true) =>
        CallAsync<SendReceipt>(nameof(SetPinned));

    public Task<ReactionReceipt> SetReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys) =>
        CallAsync<ReactionReceipt>(nameof(SetReactions));

    public Task<ReactionsPage> Reactions(
        ConversationId conversationId, long targetSequence, string? key = null, UserId? after = null) =>
        CallAsync<ReactionsPage>(nameof(Reactions));

    public Task<IReadOnlyList<Pin>> Pins(ConversationId conversationId) =>
        CallAsync<IReadOnlyList<Pin>>(nameof(Pins));

    public Task<IReadOnlyList<Mention>> Mentions(MentionsQuery? query = null) =>
        CallAsync<IReadOnlyList<Mention>>(nameof(Mentions));

    public Task MarkRead(ConversationId conversationId, long sequence, long? thread = null) =>
        CallAsync<object>(nameof(MarkRead));

    public Task MarkUnread(ConversationId conversationId, long sequence, long? thread = null) =>
        CallAsync<object>(nameof(MarkUnread));

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        CallAsync<IReadOnlyList<ReadPosition>>(nameof(ReadPositions));

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) => CallAsync<object>(nameof(SetMuted));

    public Task Typing(ConversationId conversationId, bool isTyping = true) => CallAsync<object>(nameof(Typing));

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) =>
        CallAsync<PresenceSnapshot>(nameof(GetPresence));

    public Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds) =>
        CallAsync<IReadOnlyList<UserProfile>>(nameof(Users));

    public Task Block(UserId userId) => CallAsync<object>(nameof(Block));

    public Task Unblock(UserId userId) => CallAsync<object>(nameof(Unblock));

    public Task<IReadOnlyList<UserId>> Blocks() => CallAsync<IReadOnlyList<UserId>>(nameof(Blocks));

    public Task Report(ConversationId conversationId, ReportContent content) => CallAsync<bool>(nameof(Report));

    public Task<IReadOnlyList<OpenReport>> Reports(ConversationId? conversationId = null, ReportsQuery? query = null) =>
        CallAsync<IReadOnlyList<OpenReport>>(nameof(Reports));

    public Task CloseReport(long reportId, ReportOutcome outcome) => CallAsync<bool>(nameof(CloseReport));

    public Task<CallerIdentity> Me() => IdentityAsync(nameof(Me));

    public Task<CallerIdentity> Refresh(string token)
    {
        Tokens.Add(token);
        return IdentityAsync(nameof(Refresh));
    }

    private async Task<CallerIdentity> IdentityAsync(string method) =>
        await CallAsync<CallerIdentity?>(method) ?? Identity;

    private async Task<T> CallAsync<T>(string method)
    {
        _calls.Add(method);
        var answer = Respond(method) ?? new TaskCompletionSource<object?>().Task;
        return (T)(await answer)!;
    }
}
