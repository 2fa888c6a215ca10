using System.Collections.Immutable;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>The steps from one state of a view to the next. Each gives the same object when it makes no
/// difference.</summary>
internal static class ViewStateChanges
{
    public static ViewState WithConversation(this ViewState state, ConversationState conversation, UserId? own)
    {
        if (conversation == state.Conversation) return state;
        var next = state with
        {
            Conversation = conversation,
            Shown = state.Over(conversation.Loaded, state.PendingChanges, own),
        };
        if (conversation.Memberships != state.Conversation.Memberships) next = next with { Members = MembersOf(next) };
        return next.WithUnread(own);
    }

    public static ViewState WithReadPosition(this ViewState state, UserId user, long sequence, UserId? own)
    {
        if (state.Positions.GetValueOrDefault(user) < sequence)
            state = state with { Positions = state.Positions.SetItem(user, sequence) };
        return user == own ? state.WithOwnReadPosition(sequence, own) : state;
    }

    public static ViewState WithOwnReadPosition(this ViewState state, long sequence, UserId? own) =>
        state.OwnReadPosition >= sequence ? state : (state with { OwnReadPosition = sequence }).WithUnread(own);

    /// <param name="state">The state.</param>
    /// <param name="target">The message.</param>
    /// <param name="keys">The user's own reactions to it.</param>
    /// <param name="own">The user.</param>
    public static ViewState WithOwnReactions(
        this ViewState state, long target, IReadOnlyList<string> keys, UserId? own)
    {
        state = state with { Reacted = state.Reacted.SetItem(target, (state.Conversation.Last, keys)) };
        return state with { Shown = state.Over(state.Conversation.Loaded, state.PendingChanges, own) };
    }

    /// <summary>With what entries say of the user's own reactions.</summary>
    public static ViewState WithOwnReactions(
        this ViewState state, IReadOnlyList<ConversationEntry> entries, UserId own)
    {
        var reacted = state.Reacted;
        foreach (var entry in entries)
        {
            var target = entry switch
            {
                ReactionsChangedEntry told => told.TargetSequence,
                MessageDeletedEntry deleted => deleted.TargetSequence,
                _ => 0,
            };
            if (target == 0) continue;
            var known = reacted.GetValueOrDefault(target, (0, []));
            if (known.Sequence >= entry.Sequence) continue;
            var mine = ReactionFold.Own(known.Keys, entry, own);
            if (!ReferenceEquals(mine, known.Keys)) reacted = reacted.SetItem(target, (entry.Sequence, mine));
        }
        return reacted == state.Reacted ? state : state with { Reacted = reacted };
    }

    public static ViewState WithPresence(this ViewState state, PresenceSnapshot snapshot)
    {
        var next = state with
        {
            Present = snapshot.Users.ToImmutableDictionary(user => user.UserId), OnlineCount = snapshot.OnlineCount
        };
        return next with { Members = MembersOf(next) };
    }

    public static ViewState WithPresence(this ViewState state, PresenceChange change)
    {
        var known = state.Present.GetValueOrDefault(change.UserId);
        var next = state with
        {
            Present = state.Present.SetItem(change.UserId,
                new UserPresence(change.UserId, change.Online, change.LastSeenAt)),
            // An unknown user was offline, or was left out of the list and is already counted.
            OnlineCount = Math.Max(0,
                state.OnlineCount + (change.Online ? 1 : 0) - (known?.Online ?? !change.Online ? 1 : 0)),
        };
        return known is null ? next with { Members = MembersOf(next) } : next;
    }

    /// <param name="state">The state.</param>
    /// <param name="accepted">The accepted messages and changes of the conversation whose entries the state does not
    /// have.</param>
    /// <param name="own">Their sender.</param>
    public static ViewState WithPending(this ViewState state, IReadOnlyList<OptimisticMessage> accepted, UserId? own)
    {
        List<OptimisticMessage> changes = [.. accepted.Where(one => one.Change is not null)];
        var pending = changes.Count == 0 ? accepted : [.. accepted.Where(one => one.Change is null)];
        if (pending.Count > 0)
        {
            // The entry may come before the outbox has the receipt.
            var waiting = pending.Select(message => message.DedupeKey).ToHashSet(StringComparer.Ordinal);
            foreach (var message in state.Conversation.Loaded)
                if (message.Entry.DedupeKey is { } key && (own is null || message.SenderId == own)) waiting.Remove(key);
            // an application may use a key twice
            pending = [.. pending.Where(message => waiting.Remove(message.DedupeKey))
                .Select(message => PendingLayer.Over(message, changes)).OfType<OptimisticMessage>()];
        }
        if (!pending.SequenceEqual(state.Pending)) state = state with { Pending = pending };
        if (changes.SequenceEqual(state.PendingChanges)) return state;
        return state with
        {
            PendingChanges = changes,
            Shown = state.Over(state.Conversation.Loaded, changes, own),
        };
    }

    private static ViewMessage[] Over(
        this ViewState state, ViewMessage[] loaded, IReadOnlyList<OptimisticMessage> changes, UserId? own) =>
        PendingLayer.Over(loaded, changes, state.Shown, own, state.Told);

    private static ViewState WithUnread(this ViewState state, UserId? own)
    {
        if (state.OwnReadPosition is not { } position) return state;
        var unread = Math.Max(0, state.Conversation.First - 1 - position);
        var messages = state.Conversation.Loaded;
        for (var i = messages.Length - 1; i >= 0 && messages[i].Sequence > position; i--)
            if (messages[i].SenderId != own && !messages[i].IsDeleted) unread++;
        return state.UnreadCount == unread ? state : state with { UnreadCount = unread };
    }

    private static IReadOnlyList<UserId> MembersOf(ViewState state)
    {
        var told = state.Present.Keys.Where(user => state.Conversation.TakesPart(user) is null).ToList();
        return told.Count == 0
            ? state.Conversation.Members
            : [.. state.Conversation.Members.Concat(told).Order()];
    }
}
