namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>One who was removed is shown nothing behind the removal on that connection, and nothing at all until it is
/// added again (CH-8).</summary>
internal sealed class MembershipCheck(
    ReaderHistory reader, IReadOnlyList<LoggedEntry> log, IReadOnlyList<long> addedAgainAt, HistoryFindings findings)
{
    public void Run()
    {
        var removals = log.Where(entry => entry.Removed == reader.Reader).Select(entry => entry.Sequence).ToList();
        var additions = log.Where(entry => entry.Added.Contains(reader.Reader)).Select(entry => entry.Sequence)
            .ToList();
        foreach (var epoch in reader.Epochs)
        {
            // A removal that was history when it joined, as a member again, is an entry like others.
            foreach (var removal in removals.Where(removal => removal > epoch.Head))
            {
                var at = epoch.Entries.FindIndex(entry => entry.Sequence == removal);
                if (at < 0 || at == epoch.Entries.Count - 1) continue;
                Add($"was shown sequence {epoch.Entries[at + 1].Sequence} on the connection on which sequence "
                    + $"{removal} had removed it");
            }
            foreach (var entry in epoch.Entries)
            {
                // The log's times are those of other clocks, so what counts is when somebody first asked to add it.
                var removal = removals.FindLast(removal => removal < entry.Sequence);
                if (removal == 0) continue;
                var addition = additions.Count(addition => addition < removal);
                if (addition < addedAgainAt.Count && entry.At >= addedAgainAt[addition]) continue;
                Add($"was shown sequence {entry.Sequence} after sequence {removal} had removed it and before it was "
                    + $"added again");
            }
        }
    }

    private void Add(string text) =>
        findings.Add(HistoryFault.Leaked, $"{reader.Reader} in {reader.Conversation}: {text}");
}
