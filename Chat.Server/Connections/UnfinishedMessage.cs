namespace Chat.Server.Connections;

/// <summary>The incoming message of one client of which only a part has arrived, if any. Only its reader reports its
/// size.</summary>
internal abstract class UnfinishedMessage(UnfinishedMessages all)
{
    /// <summary>Its place among those that are unfinished; null while nothing is. The owner's own business, and the
    /// rest too.</summary>
    internal LinkedListNode<UnfinishedMessage>? Place { get; set; }

    /// <summary>When its first bytes came, as a timestamp of the clock.</summary>
    internal long Since { get; set; }

    internal long Bytes { get; set; }

    /// <summary>True once its end is on its way.</summary>
    internal bool IsEnding { get; set; }

    /// <summary>A part has come, and more is waited for.</summary>
    /// <param name="bytes">All that is held for it.</param>
    public void Hold(long bytes) => all.Hold(this, bytes);

    /// <summary>It is complete, or nothing more will come.</summary>
    public void Complete() => all.Complete(this);

    /// <summary>Its room is needed: it is dropped at once, without an answer.</summary>
    internal abstract void Cut();

    /// <summary>It took too long: it is dropped, and the client gets the reason. Bounded.</summary>
    internal abstract Task EndAsync(string reason, CancellationToken now);
}
