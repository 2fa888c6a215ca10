using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>A draft of a batch, and what became of it.</summary>
/// <param name="Append">Who waits for it; null: it is the second entry of the last one.</param>
/// <param name="Draft">The draft.</param>
/// <param name="Outcome">What the store says of it.</param>
internal record struct CommittedDraft(PendingAppend? Append, Draft Draft, CommitOutcome Outcome)
{
    /// <summary>What its sender gets; null: it is not stored.</summary>
    public Appended? Appended { get; set; }

    /// <param name="batch">The batch.</param>
    /// <param name="place">In the batch; one more than there are appends where the last has a second entry.</param>
    /// <param name="outcome">Of what is there.</param>
    public static CommittedDraft Of(List<PendingAppend> batch, int place, in CommitOutcome outcome) =>
        place < batch.Count
            ? new CommittedDraft(batch[place], batch[place].Draft, outcome)
            : new CommittedDraft(null, batch[^1].Draft.Next!, outcome);
}
