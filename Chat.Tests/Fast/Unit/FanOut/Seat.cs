using Chat.Server.FanOut;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut;

/// <summary>One writer, where its view began, where it was moved to, and where it must end.</summary>
internal sealed class Seat(RecordingWriter writer, Subscription subscription, long after)
{
    private readonly List<(int From, long After)> _joins = [(0, after)];

    public RecordingWriter Writer => writer;

    public bool Gone { get; private set; }

    /// <summary>The sequence that removed its user; beyond all sequences while there is none.</summary>
    public long RemovedAt
    {
        get;
        set => field = Math.Min(field, value); // the first removal counts
    } = long.MaxValue;

    public void Leave()
    {
        Gone = true;
        writer.Remove(subscription);
    }

    /// <summary>A second join. It waits for what is being written; what comes from then on follows from it.</summary>
    public async Task JoinAgainAsync(long? place)
    {
        var paused = subscription.PauseAsync(CancellationToken.None);
        if (!paused.IsCompleted) writer.Unblock();
        await paused.WaitAsync(Bounds.Wait);
        if (writer.Find(subscription.Feed.Conversation) is null) return; // its user was removed
        _joins.Add((writer.View.Count, place ?? subscription.Place));
        subscription.Activate(place);
    }

    public bool IsComplete(long head)
    {
        if (Gone) return true;
        if (RemovedAt <= head) return writer.Removed;
        var (view, (from, start)) = (writer.View, _joins[^1]);
        return (view.Count > from ? view[^1] : start) == head;
    }

    /// <summary>What is wrong with the view; null when it is a contiguous stretch from each cursor to where it must
    /// end.</summary>
    public string? Problem()
    {
        var view = writer.View;
        for (var (i, join) = (0, 0); i < view.Count; i++)
        {
            while (join + 1 < _joins.Count && _joins[join + 1].From <= i) join++;
            var due = _joins[join].After + 1 + i - _joins[join].From;
            if (view[i] != due) return $"{this} expected {due} at {i}";
        }
        if (writer.Aborted) return $"{this} was aborted";
        return view.Exists(sequence => sequence > RemovedAt)
            ? $"{this} saw entries after its removal at {RemovedAt}"
            : null;
    }

    public override string ToString() =>
        $"{writer.User} after {string.Join(", ", _joins)}{(Gone ? " (left)" : "")} saw "
            + $"[{string.Join(' ', writer.View)}]";
}
