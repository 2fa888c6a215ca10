using Chat.Contracts.Entries;
using Chat.Server.Core.MessageLog;

namespace Chat.Server.Observers;

/// <summary>Says that something may have been committed. A lost ring is found by looking at the end of the log.
/// </summary>
internal sealed class ObserverBell : ICommitObserver
{
    private long _end;
    private long _rings;

    /// <summary>Somebody committed something, here or elsewhere.</summary>
    public event Action? Rung;

    /// <summary>This instance did.</summary>
    public event Action? Own;

    /// <summary>How often it has rung. It is counted before listeners are told: if the count is the same after a read
    /// as before it, they are told of all that is committed since.</summary>
    public long Rings => Volatile.Read(ref _rings);

    /// <summary>The largest number of a row when it was last looked for.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    public void Committed(IReadOnlyList<ConversationEntry> entries)
    {
        Ring();
        Own?.Invoke();
    }

    public void Ring()
    {
        Interlocked.Increment(ref _rings);
        Rung?.Invoke();
    }
}
