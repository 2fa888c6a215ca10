using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>What a view shows, and where it raises its events.</summary>
public sealed record ConversationViewOptions
{
    /// <summary>Number of newest messages that are loaded at first. Default 50, at least 1.</summary>
    public int Messages { get; init; } = 50;

    /// <summary>Number of messages that a view keeps as new ones come. Default 1,000, at least <see cref="Messages"/>.
    /// Beyond it the oldest are dropped (<see cref="ConversationView.MessageRemoved"/>) and can be loaded again;
    /// <see cref="ConversationView.LoadOlderAsync"/> raises it.</summary>
    public int MaxMessages { get; init; } = 1_000;

    /// <summary>The user of the view. Default null: <see cref="ChatClientOptions.UserId"/>. When neither is known, the
    /// own read position and unread count follow <see cref="ConversationView.MarkReadAsync"/> only.</summary>
    public UserId? UserId { get; init; }

    /// <summary>Whether to request presence. Default true.</summary>
    public bool WatchPresence { get; init; } = true;

    /// <summary>How long a user counts as typing when the server does not report the end. Default 10 seconds.</summary>
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
