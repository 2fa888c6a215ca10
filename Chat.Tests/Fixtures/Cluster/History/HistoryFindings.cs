using System.Globalization;

namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>What a history proves: nothing wrong, or what.</summary>
internal sealed class HistoryFindings
{
    private const int Shown = 20;

    private readonly List<(HistoryFault Fault, string Text)> _problems = [];

    public int Count => _problems.Count;

    public IEnumerable<string> Problems => _problems.Select(problem => $"{problem.Fault}: {problem.Text}");

    public int CountOf(HistoryFault fault) => _problems.Count(problem => problem.Fault == fault);

    public override string ToString() =>
        Count == 0 ? "nothing wrong"
            : string.Create(CultureInfo.InvariantCulture,
                $"{Count} problems:\n{string.Join("\n", Problems.Take(Shown))}{(Count > Shown ? "\n…" : "")}");

    public void Add(HistoryFault fault, string text) => _problems.Add((fault, text));
}

/// <summary>In what way a promise was broken.</summary>
internal enum HistoryFault
{
    /// <summary>Acknowledged and not stored, or stored and not shown.</summary>
    Lost,

    /// <summary>Stored twice, or shown twice.</summary>
    Repeated,

    /// <summary>Shown or stored in another order.</summary>
    OutOfOrder,

    /// <summary>The log's sequences are not 1, 2, 3 …</summary>
    Hole,

    /// <summary>Acknowledged or shown otherwise than it is stored.</summary>
    Differs,

    /// <summary>Shown to, or accepted from, somebody who is not a member.</summary>
    Leaked,

    /// <summary>A client was treated otherwise than promised.</summary>
    Complaint,
}
