using Chat.Server.Memory;

namespace Chat.Server.Connections;

/// <summary>The room of one answer, from before it is made until its client has taken it.</summary>
/// <param name="all">The owner.</param>
/// <param name="own">What the answers of its connection hold; null: it has none.</param>
/// <param name="cut">Ends the connection at once.</param>
/// <param name="most">What it may hold; taken already.</param>
internal sealed class AnswerRoom(Answers all, MemoryPart? own, Action cut, long most) : IDisposable
{
    private bool _disposed;

    /// <summary>What it holds.</summary>
    internal long Bytes { get; private set; } = most;

    /// <summary>What the answers of its connection held when it was made, itself included: so much is taken before it
    /// is.</summary>
    internal long Ahead => own?.Held ?? Bytes;

    /// <summary>Its place among the answers that are made; null before. The owner's own business, as is the
    /// rest.</summary>
    internal LinkedListNode<AnswerRoom>? Place { get; set; }

    /// <summary>When one who takes it at a fair pace has all of it, as a timestamp of the clock.</summary>
    internal long Due { get; set; }

    /// <summary>The answer is made: gives back what it does not need.</summary>
    public void Hold(long bytes)
    {
        var change = bytes - Bytes;
        Bytes = bytes;
        own?.Return(-change);
        all.Begin(this, change);
    }

    /// <summary>The client has taken it, or is gone, or there is none.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        own?.Return(Bytes);
        all.End(this);
    }

    internal void Cut() => cut();
}
