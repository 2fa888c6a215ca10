namespace Chat.Server.Safety.Reports.Store;

/// <summary>What came of storing a report.</summary>
internal enum AddOutcome
{
    Stored,

    /// <summary>The same is open already.</summary>
    IsThere,

    /// <summary>The reporter has as many open ones as may be.</summary>
    TooMany,
}
