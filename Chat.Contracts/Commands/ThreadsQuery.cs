namespace Chat.Contracts.Commands;

/// <summary>Asks for a page of a conversation's threads, the one with the newest reply first.</summary>
public sealed record ThreadsQuery
{
    /// <summary>Only threads whose newest reply is before this sequence: the
    /// <see cref="Chat.Contracts.Events.ThreadSummary.LastSequence"/> of the last one of the page before.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most: 1 to 50, 20 by default. When there are fewer, the list ends there.</summary>
    public int? Limit { get; init; }
}
