namespace Chat.Server.Persistence.Entries;

/// <summary>What became of a draft that sets or tells reactions, beside its place.</summary>
internal sealed record ReactionOutcome
{
    /// <summary>What the entry says, where it has the id of the draft; null: it has another one's, or there is
    /// none.</summary>
    public EntryPayload? Told { get; init; }

    /// <summary>Whether an entry names the sender's reactions.</summary>
    public bool IsNamed { get; init; }

    /// <summary>What is still to be told; null: nothing.</summary>
    public ReactionMark? Untold { get; init; }
}
