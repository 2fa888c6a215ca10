using Chat.Server.Hosting.Configuration;

namespace Chat.Server.Hosting.Commands;

/// <summary>The settings of a command line, as <c>AddCommandLine</c> reads them: <c>--Name=value</c>,
/// <c>--Name value</c>, <c>/Name=value</c> or <c>Name=value</c>. It ignores what it cannot read; here it is
/// named.</summary>
internal static class Arguments
{
    /// <returns>A line for each argument that has no effect; none when all have.</returns>
    public static IEnumerable<string> FindProblems(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var at = args[i].IndexOf('=');
            var name = at < 0 ? args[i] : args[i][..at];
            var isMarked = name.StartsWith("--", StringComparison.Ordinal) || name.StartsWith('/');
            name = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : isMarked ? name[1..] : name;
            if (name.StartsWith('-') || name.Length == 0 || (!isMarked && at < 0))
                yield return $"'{args[i]}' cannot be read: arguments are --Name=value";
            else if (!SettingNames.IsKnown(name))
                yield return SettingNames.Problem(name);
            else if (at < 0 && i + 1 == args.Count)
                yield return $"{name} has no value: write --{name}=value";
            if (isMarked && at < 0) i++; // the next one is its value
        }
    }
}
