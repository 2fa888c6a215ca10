using Chat.Server.FanOut;

namespace Chat.Tests.Unit.FanOut;

/// <summary>One writer, where its view began, and where it must end.</summary>
internal sealed class Seat(RecordingWriter writer, Subscription subscription, long after)
{
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

    public bool IsComplete(long head)
    {
        if (Gone) return true;
        return RemovedAt <= head ? writer.Removed : Math.Max(writer.Last, after) == head;
    }

    /// <summary>What is wrong with the view; null when it is a contiguous stretch from the cursor to where it must
    /// end.</summary>
    public string? Problem()
    {
        var view = writer.View;
        for (var i = 0; i < view.Count; i++)
            if (view[i] != after + 1 + i) return $"{this} expected {after + 1 + i} at {i}";
        if (writer.Aborted) return $"{this} was aborted";
        if (view.Count > 0 && view[^1] > RemovedAt) return $"{this} saw entries after its removal at {RemovedAt}";
        return null;
    }

    public override string ToString() =>
        $"{writer.User} after {after}{(Gone ? " (left)" : "")} saw [{string.Join(' ', writer.View)}]";
}
