namespace Chat.Server.Connections;

/// <summary>What is on its way in from one client: nothing, or a message of which a part has come. Its reader alone
/// says how much that is.</summary>
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

    /// <summary>All of it has come, or nothing more will.</summary>
    public void Complete() => all.Complete(this);

    /// <summary>Its room is needed: it is given up at once, without a word.</summary>
    internal abstract void Cut();

    /// <summary>It took too long: it is given up, and the client is told why. Bounded.</summary>
    internal abstract Task EndAsync(string reason, CancellationToken now);
}
