namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>All that a run knows at its end: what the database has, and what each client was told and shown.</summary>
internal sealed record ClusterHistory
{
    /// <summary>The whole log of each conversation, by sequence.</summary>
    public required IReadOnlyDictionary<Guid, IReadOnlyList<LoggedEntry>> Logs { get; init; }

    /// <summary>By the conversation that was sent to.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<Acknowledgement>> Acknowledged { get; init; } =
        new Dictionary<Guid, IReadOnlyList<Acknowledgement>>();

    public IReadOnlyList<ReaderHistory> Readers { get; init; } = [];

    /// <summary>Users that are no members of anything but the lobby. None of theirs may be in a log.</summary>
    public IReadOnlySet<string> Outsiders { get; init; } = new HashSet<string>();

    /// <summary>For each user that comes and goes, when it was asked for the first time to add it again: after the
    /// first removal, the second, and so on.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> AddedAgainAt { get; init; } =
        new Dictionary<string, IReadOnlyList<long>>();

    /// <summary>What clients themselves found wrong while the run went on.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];
}
