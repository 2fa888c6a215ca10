namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>What a sender was told about one message. What the wire does not say is null.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Body">Its text; each message of a run has its own.</param>
/// <param name="Key">The dedupe key; null where the wire has none, and then it may be stored more than once.</param>
/// <param name="Id">The id in the receipt.</param>
/// <param name="Sequence">The sequence in the receipt.</param>
internal sealed record Acknowledgement(string Sender, string Body, string? Key, Guid? Id, long? Sequence)
{
    /// <summary>It had been stored by an earlier attempt.</summary>
    public bool Duplicate { get; init; }

    /// <summary>Which connection of the sender, and the how manieth send on it: what one connection sends keeps its
    /// order (CH-12). Null: no such promise.</summary>
    public (int Connection, int Place)? Order { get; init; }
}
