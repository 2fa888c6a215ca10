namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>A reader's view is a stretch of the log: whole, in order, each entry once, with the log's contents, up to
/// its end.</summary>
internal sealed class ReaderCheck
{
    private readonly ReaderHistory _reader;
    private readonly HistoryFindings _findings;
    private readonly IReadOnlyList<LoggedEntry> _log;

    // What this reader is to be shown, and where in it each entry is.
    private readonly List<LoggedEntry> _visible;
    private readonly Dictionary<long, int> _bySequence = [];
    private readonly Dictionary<Guid, int> _byId = [];

    // How often each was shown, on all connections that are one view. Needed only where something is wrong.
    private IEnumerable<ReaderEpoch> _view = [];
    private Dictionary<int, int>? _timesShown;

    public ReaderCheck(ReaderHistory reader, IReadOnlyList<LoggedEntry> log, HistoryFindings findings)
    {
        (_reader, _log, _findings) = (reader, log, findings);
        _visible = [.. log.Where(entry => entry.IsMessage || !reader.MessagesOnly)];
        for (var i = 0; i < _visible.Count; i++)
        {
            _bySequence.TryAdd(_visible[i].Sequence, i);
            _byId.TryAdd(_visible[i].Id, i);
        }
    }

    public void Run()
    {
        var due = -1;
        _view = _reader.Epochs;
        foreach (var epoch in _reader.Epochs)
        {
            if (_reader.LiveOnly) (due, _view, _timesShown) = (-1, [epoch], null);
            else due = CheckResume(epoch.After ?? 0, due);
            foreach (var shown in epoch.Entries) due = Check(shown, due);
        }
        CheckEnd(due);
    }

    /// <summary>The client asks for what follows the last entry it was shown. If it does not, the client is wrong, and
    /// this run proves nothing.</summary>
    private int CheckResume(long after, int due)
    {
        var place = _visible.FindIndex(entry => entry.Sequence > after);
        if (place < 0) place = _visible.Count;
        if (due >= 0 && due != place)
            Add(HistoryFault.Complaint, $"resumed after {after}, though {Expected(due)} was next");
        return place;
    }

    private int Check(ShownEntry shown, int due)
    {
        if (!TryFind(shown, out var place))
        {
            Add(HistoryFault.Differs, $"was shown {Name(shown)}, which is not in the log; {Expected(due)} was due");
            return due < 0 ? -1 : due + 1;
        }
        if (due >= 0 && place > due)
        {
            // Those that come later are out of order then.
            if (Enumerable.Range(due, place - due).Any(passed => TimesShown(passed) == 0))
                Add(HistoryFault.Lost, $"was shown sequence {_visible[place].Sequence} where {Expected(due)} was due");
        }
        else if (due >= 0 && place < due)
        {
            Add(TimesShown(place) > 1 ? HistoryFault.Repeated : HistoryFault.OutOfOrder,
                $"was shown sequence {_visible[place].Sequence} where {Expected(due)} was due");
        }
        var stored = _visible[place];
        if (shown.Id != Guid.Empty && shown.Id != stored.Id)
            Add(HistoryFault.Differs,
                $"was shown sequence {stored.Sequence} with id {shown.Id}, and the log has {stored.Id}");
        else if (shown.Content != stored.Content)
            Add(HistoryFault.Differs,
                $"was shown other contents at sequence {stored.Sequence} than the log's: {stored.Sender}, "
                    + $"'{stored.Body}'");
        return Math.Max(place + 1, due);
    }

    private void CheckEnd(int due)
    {
        if (_reader.LiveOnly && _reader.Epochs is [] or [.., { Entries.Count: 0 }]) return;
        if (Math.Max(due, 0) < _visible.Count)
            Add(HistoryFault.Lost, $"ends before {Expected(Math.Max(due, 0))}; the log goes on to {_log[^1].Sequence}");
    }

    private bool TryFind(ShownEntry shown, out int place) =>
        shown.Sequence > 0 ? _bySequence.TryGetValue(shown.Sequence, out place)
            : _byId.TryGetValue(shown.Id, out place);

    private int TimesShown(int place)
    {
        _timesShown ??= _view.SelectMany(epoch => epoch.Entries)
            .Select(entry => TryFind(entry, out var found) ? found : -1).CountBy(found => found).ToDictionary();
        return _timesShown.GetValueOrDefault(place);
    }

    private string Expected(int due) =>
        due >= 0 && due < _visible.Count ? $"sequence {_visible[due].Sequence}" : due < 0 ? "anything" : "nothing more";

    private static string Name(ShownEntry shown) =>
        shown.Sequence > 0 ? $"sequence {shown.Sequence} ({shown.Id})" : $"{shown.Id}";

    private void Add(HistoryFault fault, string text) =>
        _findings.Add(fault, $"{_reader.Reader} in {_reader.Conversation}: {text}");
}
