using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>The numbers below the top of a scan that may still come, as ranges: a sequence may jump.</summary>
internal sealed class Gaps
{
    private readonly List<Gap> _all = []; // ascending

    public bool IsEmpty => _all.Count == 0;

    public int Count => _all.Count;

    /// <summary>The lowest number; null: there is none.</summary>
    public long? First => _all.Count == 0 ? null : _all[0].Range.First;

    public IReadOnlyList<IdRange> Ranges => _all.ConvertAll(static gap => gap.Range);

    /// <summary>Adds one behind all others.</summary>
    public void Add(IdRange range, HashSet<string> writers) => _all.Add(new Gap(range, writers));

    /// <summary>Takes out a number that came.</summary>
    public void Remove(long id)
    {
        var (low, high) = (0, _all.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (range, writers) = _all[middle];
            if (id < range.First) high = middle - 1;
            else if (id > range.Last) low = middle + 1;
            else
            {
                _all.RemoveAt(middle);
                if (id < range.Last) _all.Insert(middle, new Gap(range with { First = id + 1 }, writers));
                if (id > range.First) _all.Insert(middle, new Gap(range with { Last = id - 1 }, writers));
                return;
            }
        }
    }

    /// <summary>Takes out what nobody can bring any more.</summary>
    /// <param name="writers">Who writes now.</param>
    /// <param name="upTo">The read was complete up to here: later gaps stay.</param>
    public void RemoveDead(HashSet<string> writers, long upTo)
    {
        HashSet<string>? known = null;
        var isAlive = false;
        _all.RemoveAll(gap =>
        {
            if (gap.Range.Last > upTo) return false;
            // Many gaps share the writers of the moment when they were seen.
            if (!ReferenceEquals(known, gap.Writers)) (known, isAlive) = (gap.Writers, gap.Writers.Overlaps(writers));
            return !isAlive;
        });
    }
}
