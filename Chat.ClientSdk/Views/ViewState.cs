using System.Collections.Immutable;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>What a screen shows of a conversation at one moment. Immutable: it may be kept and read from any
/// thread.</summary>
public sealed record ViewState
{
    private IReadOnlyDictionary<long, IReadOnlyList<string>>? _ownReactions;

    internal ViewState(ConversationId conversationId) => ConversationId = conversationId;

    /// <summary>Which conversation.</summary>
    public ConversationId ConversationId { get; }

    /// <summary>The result of the loaded entries alone.</summary>
    public ConversationState Conversation { get; internal init; } = ConversationState.Empty;

    /// <summary>The loaded messages, in order, including deleted ones (<see cref="ViewMessage.IsDeleted"/>), with the
    /// changes that this client has accepted and that are not refused.</summary>
    public IReadOnlyList<ViewMessage> Messages => Shown;

    /// <summary>The title according to the loaded entries; else null.</summary>
    public string? Title => Conversation.Title;

    /// <summary>Whether there are entries before the loaded ones.</summary>
    public bool HasOlder => Conversation.First > 1;

    /// <summary>Messages of this client whose entries have not come yet or will not come, to be shown after the others.
    /// A sent message stays until it is among <see cref="Messages"/>.</summary>
    public IReadOnlyList<OptimisticMessage> Pending { get; internal init; } = [];

    /// <summary>Changes of messages by this client whose entries have not come yet or will not come, also of messages
    /// that are not loaded. <see cref="ViewMessage.PendingChanges"/> has those of one message.</summary>
    public IReadOnlyList<OptimisticMessage> PendingChanges
    {
        get;
        internal init => (field, _ownReactions) = (value, null);
    } = [];

    /// <summary>The participants, as far as known from the loaded entries and from presence. In a public conversation:
    /// the users who are or were online since the view was opened.</summary>
    public IReadOnlyList<UserId> Members { get; internal init; } = [];

    /// <summary>The read positions of participants who have read anything.</summary>
    public IReadOnlyDictionary<UserId, long> ReadPositions => Positions;

    /// <summary>How far the user has read, here or on another device; null while it is not known.</summary>
    public long? OwnReadPosition { get; internal init; }

    /// <summary>Number of messages of others after the own read position. Where entries are not loaded, every entry
    /// counts, as on the server. 0 while the position is not known.</summary>
    public long UnreadCount { get; internal init; }

    /// <summary>The user's own reactions, by the sequence of the message, as far as they are known: from entries, and
    /// from what was set here or on another device since the view was opened.</summary>
    /// <remarks>With those that wait in the outbox.</remarks>
    public IReadOnlyDictionary<long, IReadOnlyList<string>> OwnReactions => _ownReactions ??=
        Reacted.ToImmutableDictionary(one => one.Key, one => one.Value.Keys).SetItems(
            PendingChanges.Where(one => one is { Failure: null, Change: MessageReactions { TargetSequence: not null } })
                .Select(one => KeyValuePair.Create(one.Change!.TargetSequence!.Value,
                    ((MessageReactions)one.Change).Keys)));

    /// <summary>The users who are typing, in the order in which they started.</summary>
    public IReadOnlyList<UserId> Typing { get; internal init; } = [];

    /// <summary>Presence as reported by the server, at most 1,000 users.</summary>
    public IReadOnlyDictionary<UserId, UserPresence> Presence => Present;

    /// <summary>The number of users online, including those that <see cref="Presence"/> leaves out.</summary>
    public int OnlineCount { get; internal init; }

    /// <summary>The log was put back to an earlier state while it was shown: it continues after this sequence, and what
    /// was shown after it no longer exists. Null: that has not happened.</summary>
    public long? DiscontinuityAfter { get; internal init; }

    /// <summary>Whether the view has ended: nothing more will come, because the user was removed, or because of
    /// <see cref="Failure"/>.</summary>
    public bool IsEnded { get; internal init; }

    /// <summary>What ended the view; null while it goes on, and when the removal of the user is the last entry in
    /// it.</summary>
    public Exception? Failure { get; internal init; }

    internal ViewMessage[] Shown { get; init; } = [];

    /// <summary>The user's own reactions to a message that entries have told.</summary>
    internal IReadOnlyList<string> Told(long target) => Reacted.GetValueOrDefault(target).Keys ?? [];

    internal ImmutableDictionary<UserId, long> Positions { get; init; } = ImmutableDictionary<UserId, long>.Empty;

    /// <summary>Each with the newest entry that was known when it was told.</summary>
    internal ImmutableDictionary<long, (long Sequence, IReadOnlyList<string> Keys)> Reacted
    {
        get;
        init => (field, _ownReactions) = (value, null);
    } = ImmutableDictionary<long, (long, IReadOnlyList<string>)>.Empty;

    internal ImmutableDictionary<UserId, UserPresence> Present { get; init; } =
        ImmutableDictionary<UserId, UserPresence>.Empty;
}
