namespace Chat.Server.Persistence.Entries;

/// <summary>What a draft does to the reactions to a message.</summary>
/// <param name="Keys">The sender's whole set from now on; null: the draft tells what is untold.</param>
/// <param name="Interval">The time between two entries that tell reactions to one message.</param>
internal sealed record ReactionMove(IReadOnlyList<string>? Keys, TimeSpan Interval)
{
    /// <summary>Of a draft that tells: the newest entry that told reactions to the message. Where another one has been
    /// stored since, the draft stores nothing: so several instances tell once.</summary>
    public long Told { get; init; }

    /// <summary>The connection that sets them, which needs no telling; null: none.</summary>
    public object? From { get; init; }
}
