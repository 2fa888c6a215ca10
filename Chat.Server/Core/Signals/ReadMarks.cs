using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;

namespace Chat.Server.Core.Signals;

/// <summary>Moves read positions in the database, and notifies the readers when one moved. A client that marks faster
/// than the database stores causes one update at a time.</summary>
internal sealed class ReadMarks
{
    /// <summary>Conversations of which the positions are read at once. To read them costs what the conversation has of
    /// participants, whom no index has in this order: each mark would have to move its place there.</summary>
    private const int ListedAtOnce = 16;

    private readonly FoldedUpdates<(ConversationId Conversation, UserKey User)> _updates;
    private readonly Gathered<ConversationId, List<ReadPosition>>[] _listings;
    private readonly ConversationStore _conversations;
    private readonly SignalRouter _signals;
    private readonly ListChanges _lists;

    public ReadMarks(
        ConversationStore conversations, SignalRouter signals, ListChanges lists, TimeProvider time)
    {
        (_conversations, _signals, _lists) = (conversations, signals, lists);
        _updates = new(StoreAsync);
        // No token: others may wait for the same answer.
        _listings = [.. Enumerable.Range(0, ListedAtOnce).Select(_ => new Gathered<ConversationId, List<ReadPosition>>(
            one => conversations.ReadPositionsAsync(one.First(), ChatLimits.PresenceUsers, CancellationToken.None),
            most: 1, time))];
    }

    /// <summary>Completes when this position or a higher one is stored.</summary>
    /// <exception cref="StoreException">It is not stored.</exception>
    public Task MoveAsync(ConversationId conversation, UserKey user, long sequence) =>
        _updates.StoreAsync((conversation, user), sequence);

    /// <summary>Notes that what is behind this position is unread for the user, behind what the user marked before.
    /// Others are not told.</summary>
    public async Task MarkUnreadAsync(
        ConversationId conversation, UserKey user, long position, CancellationToken ct)
    {
        await _updates.WaitAsync((conversation, user)).WaitAsync(ct);
        await _conversations.MarkUnreadAsync(conversation, user, position, ct);
        _lists.Note(conversation, user.Id);
    }

    /// <summary>The users who have read anything, the highest position first, at most
    /// <see cref="ChatLimits.PresenceUsers"/>. All who ask while the database is asked share the next answer.</summary>
    public Task<List<ReadPosition>> ListAsync(ConversationId conversation, CancellationToken ct) =>
        _listings[(uint)conversation.GetHashCode() % ListedAtOnce].AskAsync(conversation, ct);

    // No token: others may wait for the same update.
    private async Task StoreAsync((ConversationId Conversation, UserKey User) whose, long sequence)
    {
        var moved = await _conversations.MarkReadAsync(whose.Conversation, whose.User, sequence,
            CancellationToken.None);
        if (moved.Position is { } position)
        {
            _signals.Broadcast(new ReadSignal(whose.Conversation, whose.User.Id, position));
            _lists.Note(whose.Conversation, whose.User.Id, isOwn: false);
        }
        // No signal says so: connections that have joined see it in the list only.
        else if (moved.IsUnreadEnded) _lists.Note(whose.Conversation, whose.User.Id);
    }
}
