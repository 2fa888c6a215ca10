using System.Collections.Immutable;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>What a screen shows of a conversation at one moment. Immutable: it may be read from any thread, and
/// kept.</summary>
public sealed record ViewState
{
    internal ViewState(ConversationId conversationId) => ConversationId = conversationId;

    /// <summary>Which conversation.</summary>
    public ConversationId ConversationId { get; }

    /// <summary>What the loaded entries add up to.</summary>
    public ConversationState Conversation { get; internal init; } = ConversationState.Empty;

    /// <summary>The loaded messages, in order. Those that were taken back are among them
    /// (<see cref="ViewMessage.IsDeleted"/>).</summary>
    public IReadOnlyList<ViewMessage> Messages => Conversation.Messages;

    /// <summary>The title, as far as the loaded entries tell; else null.</summary>
    public string? Title => Conversation.Title;

    /// <summary>Whether there are entries before the loaded ones.</summary>
    public bool HasOlder => Conversation.First > 1;

    /// <summary>Messages of this client whose entries are not here yet, or will not come: to be shown after the others.
    /// One that was sent stays until it is among <see cref="Messages"/>.</summary>
    public IReadOnlyList<OptimisticMessage> Pending { get; internal init; } = [];

    /// <summary>Who takes part, as far as it is known from the loaded entries and from presence. In a public
    /// conversation: who is there, or was since the view was opened.</summary>
    public IReadOnlyList<UserId> Members { get; internal init; } = [];

    /// <summary>How far each has read, those who have read anything.</summary>
    public IReadOnlyDictionary<UserId, long> ReadPositions => Positions;

    /// <summary>How far the user has read, here or on another device; null while it is not known.</summary>
    public long? OwnReadPosition { get; internal init; }

    /// <summary>Messages of others after the own read position. Of what is not loaded every entry counts, as for the
    /// server. 0 while the position is not known.</summary>
    public long UnreadCount { get; internal init; }

    /// <summary>Who types now, first comes first.</summary>
    public IReadOnlyList<UserId> Typing { get; internal init; } = [];

    /// <summary>Who is there and who is not, as far as the server told: at most 1,000 users.</summary>
    public IReadOnlyDictionary<UserId, UserPresence> Presence => Present;

    /// <summary>How many are online, also those that <see cref="Presence"/> leaves out.</summary>
    public int OnlineCount { get; internal init; }

    /// <summary>The log was put back to an earlier state while it was shown: it goes on after this sequence, and what
    /// was shown after it is there no more. Null: that has not happened.</summary>
    public long? DiscontinuityAfter { get; internal init; }

    /// <summary>Whether the view has ended: nothing more will come, because the user was removed, or because of
    /// <see cref="Failure"/>.</summary>
    public bool IsEnded { get; internal init; }

    /// <summary>What ended the view; null while it goes on, and when the removal of the user is the last entry in
    /// it.</summary>
    public Exception? Failure { get; internal init; }

    internal ImmutableDictionary<UserId, long> Positions { get; init; } = ImmutableDictionary<UserId, long>.Empty;

    internal ImmutableDictionary<UserId, UserPresence> Present { get; init; } =
        ImmutableDictionary<UserId, UserPresence>.Empty;
}
