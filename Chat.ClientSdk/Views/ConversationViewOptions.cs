using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>What a view shows, and where it raises its events.</summary>
public sealed record ConversationViewOptions
{
    /// <summary>The newest messages that are loaded at first. Default 50, at least 1.</summary>
    public int Messages { get; init; } = 50;

    /// <summary>Messages that a view keeps as new ones come. Default 1,000, at least <see cref="Messages"/>. Beyond it
    /// the oldest are let go (<see cref="ConversationView.MessageRemoved"/>) and can be loaded again; what
    /// <see cref="ConversationView.LoadOlderAsync"/> loads raises it.</summary>
    public int MaxMessages { get; init; } = 1_000;

    /// <summary>Whose view it is. Default null: <see cref="ChatClientOptions.UserId"/>. Where neither is known, own
    /// read position and unread count are those of <see cref="ConversationView.MarkReadAsync"/> only.</summary>
    public UserId? UserId { get; init; }

    /// <summary>Whether to ask who is there. Default true.</summary>
    public bool WatchPresence { get; init; } = true;

    /// <summary>After how long somebody who types is taken to have ceased, should the server not say so. Default 10
    /// seconds.</summary>
    public TimeSpan TypingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where events are raised: the context of a screen (<c>SynchronizationContext.Current</c> on its thread).
    /// Default null: on the thread pool, one at a time.</summary>
    public SynchronizationContext? Context { get; init; }

    internal ConversationViewOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Messages, 1, nameof(Messages));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessages, Messages, nameof(MaxMessages));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TypingTimeout, TimeSpan.Zero, nameof(TypingTimeout));
        return this;
    }
}
