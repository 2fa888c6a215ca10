using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Specs;

/// <summary>What a server pushed, in order: entries, ids of closed conversations and requests as one stream; signals,
/// which come in no order with them, as another.</summary>
internal sealed class RecordedPushes : IChatClient
{
    private readonly Inbox<object> _pushes = new();

    /// <summary>Typing, read positions, presence.</summary>
    public Inbox<object> Signals { get; } = new();

    public Task<object> NextAsync() => _pushes.NextAsync();

    public async Task<IEnumerable<long>> SequencesAsync(int count) =>
        (await _pushes.TakeAsync(count)).Select(push => ((ConversationEntry)push).Sequence);

    public Task MessageReceived(MessageEntry message) => Add(message);

    public Task EntryReceived(ConversationEntry entry) => Add(entry);

    public Task ConversationClosed(ConversationId conversationId) => Add(conversationId);

    public Task TypingChanged(TypingChange change) => AddSignal(change);

    public Task ReadPositionChanged(ReadPosition position) => AddSignal(position);

    public Task PresenceChanged(PresenceChange change) => AddSignal(change);

    public Task ReconnectRequested(ReconnectRequest request) => Add(request);

    private Task Add(object push)
    {
        _pushes.Add(push);
        return Task.CompletedTask;
    }

    private Task AddSignal(object signal)
    {
        Signals.Add(signal);
        return Task.CompletedTask;
    }
}
