using Chat.ClientSdk.Sending;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Views;

public sealed partial class ConversationView
{
    /// <summary>A message was added: at the end when it is new, at the beginning when it was loaded. Insert it at the
    /// index.</summary>
    public event EventHandler<ViewMessageEventArgs>? MessageAdded;

    /// <summary>A message was edited or deleted, or its reactions or pending changes changed. Replace the one at the
    /// index. Where only the user's own reactions changed: <see cref="OwnReactionsChanged"/>.</summary>
    public event EventHandler<ViewMessageEventArgs>? MessageChanged;

    /// <summary>A message was dropped because there are more than <see cref="ConversationViewOptions.MaxMessages"/>.
    /// Remove the one at the index.</summary>
    public event EventHandler<ViewMessageEventArgs>? MessageRemoved;

    /// <summary><see cref="ViewState.Title"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? TitleChanged;

    /// <summary><see cref="ViewState.Members"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? MembersChanged;

    /// <summary><see cref="ViewState.Typing"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? TypingChanged;

    /// <summary><see cref="ViewState.UnreadCount"/> or <see cref="ViewState.OwnReadPosition"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? UnreadChanged;

    /// <summary><see cref="ViewState.OwnReactions"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? OwnReactionsChanged;

    /// <summary><see cref="ViewState.ReadPositions"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? ReadPositionsChanged;

    /// <summary><see cref="ViewState.Presence"/> or <see cref="ViewState.OnlineCount"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? PresenceChanged;

    /// <summary><see cref="ViewState.Pending"/> or <see cref="ViewState.PendingChanges"/> changed.</summary>
    public event EventHandler<ViewChangedEventArgs>? PendingChanged;

    /// <summary>The view has ended: see <see cref="ViewState.Failure"/>. The last event.</summary>
    public event EventHandler<ViewChangedEventArgs>? Ended;

    /// <summary>Any of the changes above, raised after them: for screens that draw the whole state.</summary>
    public event EventHandler<ViewChangedEventArgs>? Changed;

    private void RaiseChanges(ViewState previous, ViewState state)
    {
        if (previous.Messages != state.Messages) RaiseMessages(previous, state);
        var change = new ViewChangedEventArgs(previous, state);
        if (previous.Pending != state.Pending || previous.PendingChanges != state.PendingChanges)
            Raise(PendingChanged, change);
        if (previous.Title != state.Title) Raise(TitleChanged, change);
        if (previous.Members != state.Members && !previous.Members.SequenceEqual(state.Members))
            Raise(MembersChanged, change);
        if (!previous.Typing.SequenceEqual(state.Typing)) Raise(TypingChanged, change);
        if (previous.UnreadCount != state.UnreadCount || previous.OwnReadPosition != state.OwnReadPosition)
            Raise(UnreadChanged, change);
        if (previous.Reacted != state.Reacted || (previous.PendingChanges != state.PendingChanges
            && previous.PendingChanges.Concat(state.PendingChanges).Any(one => one.Change is MessageReactions)))
            Raise(OwnReactionsChanged, change);
        if (previous.Positions != state.Positions) Raise(ReadPositionsChanged, change);
        if (previous.Present != state.Present || previous.OnlineCount != state.OnlineCount)
            Raise(PresenceChanged, change);
        if (previous.IsEnded != state.IsEnded) Raise(Ended, change);
        Raise(Changed, change);
    }

    /// <summary>Both lists are in ascending order: one walk through both finds what was added, removed and
    /// changed.</summary>
    private void RaiseMessages(ViewState previous, ViewState state)
    {
        var (old, now) = (previous.Shown, state.Shown);
        var (gone, index) = (0, 0);
        while (gone < old.Length || index < now.Length)
        {
            var (before, after) = (gone < old.Length ? old[gone] : null, index < now.Length ? now[index] : null);
            if (after is null || before?.Sequence < after.Sequence)
            {
                Raise(MessageRemoved, new ViewMessageEventArgs(state, index, before!));
                gone++;
                continue;
            }
            if (before is null || before.Sequence > after.Sequence)
                Raise(MessageAdded, new ViewMessageEventArgs(state, index, after));
            else if (before != after) Raise(MessageChanged, new ViewMessageEventArgs(state, index, after));
            if (before?.Sequence == after.Sequence) gone++;
            index++;
        }
    }

    private void Raise<T>(EventHandler<T>? handlers, T arguments)
    {
        if (handlers is null) return;
        try
        {
            handlers(this, arguments);
        }
        catch (Exception ex)
        {
            // A screen that fails to show one change still gets the next.
            Log.HandlerFailed(_logger, ex);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7030, LogLevel.Error, "A handler of a conversation view failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);

        [LoggerMessage(7031, LogLevel.Debug, "Read positions and presence of {Conversation} are not available now")]
        public static partial void SignalsUnknown(ILogger logger, Exception exception, string conversation);
    }
}
