namespace Chat.Benchmarks.Load;

internal static class ServerSettings
{
    /// <summary>Settings of a server as variables of its environment.</summary>
    public static IEnumerable<(string Name, string Value)> ToEnvironment(
        this IEnumerable<(string Name, string Value)> settings) =>
        settings.Select(one => (one.Name.Replace(":", "__", StringComparison.Ordinal), one.Value));
}
