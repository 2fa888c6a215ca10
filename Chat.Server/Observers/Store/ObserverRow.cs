namespace Chat.Server.Observers.Store;

/// <summary>How far an observer is, and which instance runs it.</summary>
internal sealed class ObserverRow
{
    public const int NameLength = 100;

    public required string Name { get; init; }

    /// <summary>The number of the row of the log up to which everything was shown, or is parked.</summary>
    public required long Mark { get; set; }

    /// <summary>Rises when another one may write the mark: who took the lease before no longer can.</summary>
    public long Epoch { get; init; }

    /// <summary>The instance that runs it; null: none.</summary>
    public Guid? Owner { get; init; }

    /// <summary>By the clock of the database. From then on another instance may take it.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
}
