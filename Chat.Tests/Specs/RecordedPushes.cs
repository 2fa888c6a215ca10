using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Tests.Unit.ClientSdk;

namespace Chat.Tests.Specs;

/// <summary>What a server pushed, in order: entries, ids of closed conversations, and the other events as they are.</summary>
internal sealed class RecordedPushes : IChatClient
{
    private readonly Inbox<object> _pushes = new();

    public Task<object> NextAsync() => _pushes.NextAsync();

    public async Task<IEnumerable<long>> SequencesAsync(int count) => (await _pushes.TakeAsync(count)).Select(push => ((ConversationEntry)push).Sequence);

    public Task MessageReceived(MessageEntry message) => Add(message);

    public Task EntryReceived(ConversationEntry entry) => Add(entry);

    public Task ConversationClosed(ConversationId conversationId) => Add(conversationId);

    public Task TypingChanged(TypingChange change) => Add(change);

    // A real server tells of these too, in no order with entries; the specification of entries passes over them.
    public Task ReadPositionChanged(ReadPosition position) => Task.CompletedTask;

    public Task PresenceChanged(PresenceChange change) => Add(change);

    public Task ReconnectRequested(ReconnectRequest request) => Add(request);

    private Task Add(object push)
    {
        _pushes.Add(push);
        return Task.CompletedTask;
    }
}
