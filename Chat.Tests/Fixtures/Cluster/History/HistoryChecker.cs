namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>Compares what clients were told and shown with what the database has.</summary>
internal static class HistoryChecker
{
    public static HistoryFindings Check(ClusterHistory history)
    {
        var findings = new HistoryFindings();
        foreach (var (conversation, log) in history.Logs)
        {
            CheckLog(conversation, log, history.Outsiders, findings);
            if (history.Acknowledged.TryGetValue(conversation, out var acknowledged))
                new AcknowledgementCheck(conversation, log, findings).Run(acknowledged);
        }
        foreach (var conversation in history.Acknowledged.Keys.Where(id => !history.Logs.ContainsKey(id)))
            findings.Add(HistoryFault.Lost,
                $"{conversation}: acknowledged messages of a conversation whose log is not there");
        foreach (var reader in history.Readers)
        {
            var log = history.Logs.GetValueOrDefault(reader.Conversation, []);
            new ReaderCheck(reader, log, findings).Run();
            if (reader.ComesAndGoes)
                new MembershipCheck(reader, log, history.AddedAgainAt.GetValueOrDefault(reader.Reader, []),
                    findings).Run();
        }
        foreach (var complaint in history.Complaints) findings.Add(HistoryFault.Complaint, complaint);
        return findings;
    }

    private static void CheckLog(
        Guid conversation, IReadOnlyList<LoggedEntry> log, IReadOnlySet<string> outsiders, HistoryFindings findings)
    {
        for (var i = 0; i < log.Count; i++)
        {
            if (log[i].Sequence != i + 1)
            {
                findings.Add(HistoryFault.Hole,
                    $"{conversation}: the log has sequence {log[i].Sequence} where {i + 1} was due");
                break;
            }
        }
        foreach (var same in log.Where(e => e.DedupeKey is not null).GroupBy(e => (e.Sender, e.DedupeKey))
            .Where(g => g.Count() > 1))
            findings.Add(HistoryFault.Repeated,
                $"{conversation}: {same.Key.Sender}'s dedupe key {same.Key.DedupeKey} is stored {same.Count()} times, "
                    + $"at {string.Join(", ", same.Select(e => e.Sequence))}");
        foreach (var entry in log.Where(e => outsiders.Contains(e.Sender)))
            findings.Add(HistoryFault.Leaked,
                $"{conversation}: sequence {entry.Sequence} was stored for {entry.Sender}, who is not a member");
    }
}
