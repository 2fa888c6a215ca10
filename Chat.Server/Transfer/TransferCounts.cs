namespace Chat.Server.Transfer;

/// <summary>How many lines of each type a file has.</summary>
internal sealed class TransferCounts
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> All => _counts;

    public void Add(string type) => _counts[type] = Of(type) + 1;

    public long Of(string type) => _counts.GetValueOrDefault(type);

    public bool Equal(IReadOnlyDictionary<string, long> others) =>
        _counts.Count == others.Count && _counts.All(one => others.GetValueOrDefault(one.Key) == one.Value);
}
