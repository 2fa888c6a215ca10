using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Starting;

/// <summary>Of what was measured over and over.</summary>
internal sealed class Medians
{
    private readonly Dictionary<string, List<double>> _values = [];

    public double this[string name] => Median.Of(_values[name]);

    public IEnumerable<string> Names => _values.Keys;

    public void Add(string name, double value)
    {
        if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
        values.Add(value);
    }
}
