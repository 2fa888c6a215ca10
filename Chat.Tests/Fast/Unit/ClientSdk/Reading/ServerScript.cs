using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>How a scripted server answers, and what it was asked.</summary>
internal sealed class ServerScript
{
    public ConcurrentQueue<ConversationId> Joins { get; } = [];

    public ConcurrentQueue<ConversationId> Leaves { get; } = [];

    public ConcurrentQueue<HistoryQuery> Pages { get; } = [];

    public Inbox<(ConversationId Conversation, long Sequence)> ReadMarks { get; } = new();

    public Inbox<ConversationId> Left { get; } = new();

    public Inbox<HistoryQuery> Asked { get; } = new();

    public List<ReadPosition> Positions { get; } = [];

    public List<UserPresence> Present { get; } = [];

    /// <summary>Conversations that the caller may not read.</summary>
    public ConcurrentDictionary<ConversationId, bool> Forbidden { get; } = new();

    /// <summary>How many conversations a connection may join.</summary>
    public int MostJoined { get; set; } = int.MaxValue;

    /// <summary>Asked before every call; what it throws is the answer.</summary>
    public Func<string, Task> BeforeCall { get; set; } = _ => Task.CompletedTask;

    /// <summary>Changes what history answers.</summary>
    public Func<HistoryPage, HistoryPage> Distort { get; set; } = page => page;

    public static ChatRefusedException Refusal(ChatErrorCode code) => new(new ChatError(code, "as the test says"));
}
