namespace Chat.Server.Hosting.Commands;

/// <summary>What a command takes beside settings: <c>--name backend</c> or <c>--name=backend</c>.</summary>
internal sealed class NamedArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Takes those with these names; the others are settings.</summary>
    public NamedArguments(IReadOnlyList<string> args, IReadOnlyCollection<string> names)
    {
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var at = args[i].IndexOf('=');
            var name = at < 0 ? args[i] : args[i][..at];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !names.Contains(name[2..]))
                rest.Add(args[i]);
            else if (at >= 0) _values[name[2..]] = args[i][(at + 1)..];
            else if (i + 1 < args.Count) _values[name[2..]] = args[++i];
            else Missing = name;
        }
        Rest = [.. rest];
    }

    public string[] Rest { get; }

    /// <summary>One that came without its value; null: none.</summary>
    public string? Missing { get; }

    public string? this[string name] => _values.GetValueOrDefault(name);
}
