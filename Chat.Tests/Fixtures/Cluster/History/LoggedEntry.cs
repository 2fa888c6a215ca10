namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>One row of a conversation's log, as the database has it at the end.</summary>
internal sealed record LoggedEntry(long Sequence, Guid Id, string Sender, string? Body)
{
    public bool IsMessage { get; init; } = true;

    public string? DedupeKey { get; init; }

    /// <summary>Whom this entry made a participant.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Whom it removed.</summary>
    public string? Removed { get; init; }

    public ulong Content => ShownEntry.ContentOf(Sender, Body, IsMessage);
}
