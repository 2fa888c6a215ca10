namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>Acknowledged means stored: once under its key, with what the receipt said, and in the order of its
/// connection.</summary>
internal sealed class AcknowledgementCheck(Guid conversation, IReadOnlyList<LoggedEntry> log, HistoryFindings findings)
{
    private readonly ILookup<(string Sender, string? Body), LoggedEntry> _stored = log.Where(e => e.IsMessage)
        .ToLookup(e => (e.Sender, e.Body));

    public void Run(IReadOnlyList<Acknowledgement> acknowledged)
    {
        foreach (var acknowledgement in acknowledged) Check(acknowledgement);
        foreach (var connection in acknowledged.Where(a => a.Order is not null && !a.Duplicate)
            .GroupBy(a => (a.Sender, a.Order!.Value.Connection))) CheckOrder(connection);
    }

    private void Check(Acknowledgement told)
    {
        var stored = _stored[(told.Sender, told.Body)].ToList();
        if (stored.Count == 0)
        {
            findings.Add(HistoryFault.Lost,
                $"{conversation}: {told.Sender}'s {Name(told)} was acknowledged{At(told.Sequence)} and is not stored");
            return;
        }
        if (told.Key is null) return;
        if (stored.Count > 1)
            findings.Add(HistoryFault.Repeated,
                $"{conversation}: {told.Sender}'s {Name(told)} is stored {stored.Count} times, at "
                    + $"{string.Join(", ", stored.Select(e => e.Sequence))}");
        var entry = stored[0];
        if (entry.DedupeKey != told.Key)
            findings.Add(HistoryFault.Differs,
                $"{conversation}: {told.Sender}'s {Name(told)} is stored under the key {entry.DedupeKey ?? "(none)"}");
        if (told.Sequence is { } sequence && stored.TrueForAll(e => e.Sequence != sequence))
            findings.Add(HistoryFault.Differs,
                $"{conversation}: {told.Sender}'s {Name(told)} was acknowledged with sequence {sequence} and is "
                    + $"stored at {entry.Sequence}");
        if (told.Id is { } id && stored.TrueForAll(e => e.Id != id))
            findings.Add(HistoryFault.Differs,
                $"{conversation}: {told.Sender}'s {Name(told)} was acknowledged with id {id} and is stored "
                    + $"with {entry.Id}");
    }

    private void CheckOrder(IEnumerable<Acknowledgement> connection)
    {
        Acknowledgement? before = null;
        foreach (var told in connection.OrderBy(a => a.Order!.Value.Place))
        {
            if (before is not null && told.Sequence < before.Sequence)
            {
                findings.Add(HistoryFault.OutOfOrder,
                    $"{conversation}: one connection of {told.Sender} sent {Name(before)} before {Name(told)}, and "
                        + $"they are stored at {before.Sequence} and {told.Sequence}");
            }
            before = told;
        }
    }

    private static string Name(Acknowledgement told) =>
        told.Key is { } key ? $"message {key}" : $"message '{told.Body}'";

    private static string At(long? sequence) => sequence is { } value ? $" with sequence {value}" : "";
}
