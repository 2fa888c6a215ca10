using Chat.ClientSdk.Views;

namespace Chat.Tests.Unit.ClientSdk.Views;

/// <summary>A screen with one thread: what is posted runs when the test lets it.</summary>
internal sealed class ScreenContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = [];

    public int Waiting
    {
        get
        {
            lock (_posted) return _posted.Count;
        }
    }

    /// <summary>What posting throws, instead of taking it.</summary>
    public Exception? Refuses { get; set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Refuses is { } refusal) throw refusal;
        lock (_posted) _posted.Enqueue((d, state));
    }

    /// <summary>Runs what was posted, and what that posts.</summary>
    public void RunAll()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_posted)
                if (!_posted.TryDequeue(out next)) return;
            next.Callback(next.State);
        }
    }
}

/// <summary>A list that does what a view's events say, and notes which ones came.</summary>
internal sealed class Screen
{
    /// <summary>On the context's thread, or before anything happens: so nothing is told between the two.</summary>
    public Screen(ConversationView view)
    {
        (State, Messages) = (view.Shown, [.. view.Shown.Messages]);
        view.MessageAdded += (_, change) => Do(change, () => Messages.Insert(change.Index, change.Message));
        view.MessageChanged += (_, change) => Do(change, () => Messages[change.Index] = change.Message);
        view.MessageRemoved += (_, change) => Do(change, () => Messages.RemoveAt(change.Index));
        view.MembersChanged += (_, change) => Do(change, () => { });
        view.TypingChanged += (_, change) => Do(change, () => { });
        view.UnreadChanged += (_, change) => Do(change, () => { });
        view.ReadPositionsChanged += (_, change) => Do(change, () => { });
        view.PresenceChanged += (_, change) => Do(change, () => { });
        view.PendingChanged += (_, change) => Do(change, () => { });
        view.Ended += (_, change) => Do(change, () => { });
        view.Changed += (_, change) => State = change.State;
    }

    public List<ViewMessage> Messages { get; }

    public ViewState State { get; private set; }

    public int Events { get; private set; }

    private void Do(EventArgs change, Action action)
    {
        Assert.NotNull(change);
        Events++;
        action();
    }
}
