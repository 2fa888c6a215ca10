using System.Globalization;

namespace Chat.Benchmarks.Load;

/// <summary>What was given on the command line, over the defaults of the scenario.</summary>
internal sealed class LoadOptions
{
    private readonly Dictionary<string, string> _values;

    private LoadOptions(Dictionary<string, string> values) => _values = values;

    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static LoadOptions Parse(IReadOnlyList<string> args, IEnumerable<LoadOption> known)
    {
        var values = known.ToDictionary(o => o.Name, o => o.Default);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || !values.ContainsKey(name[2..]))
                throw new UsageException(
                    $"{name} is not an option of this scenario; it has --{string.Join(", --", values.Keys)}");
            if (value is null && ++i == args.Count) throw new UsageException($"{name} needs a value");
            values[name[2..]] = value ?? args[i];
        }
        return new LoadOptions(values);
    }

    public string Text(string name) => _values[name];

    /// <summary>Null when it was left empty.</summary>
    public string? TextOrNull(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    public int Int(string name) =>
        int.TryParse(_values[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : throw new UsageException($"--{name} must be a whole number, 0 or more");

    public double Number(string name) =>
        double.TryParse(_values[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : throw new UsageException($"--{name} must be a number, 0 or more");

    public TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Number(name));

    public T OneOf<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(_values[name], ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new UsageException(
                $"--{name} must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
}
