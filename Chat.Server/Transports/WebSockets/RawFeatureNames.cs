using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.WebSockets;

internal static class RawFeatureNames
{
    private static readonly Dictionary<string, RawFeatures> ByName = Enum.GetValues<RawFeatures>()
        .Where(f => f != RawFeatures.None).ToDictionary(f => f.ToString().ToLowerInvariant());

    /// <summary>Reads a comma-separated list; <paramref name="problem"/> names what is unknown and what is
    /// allowed.</summary>
    public static bool TryParse(string? list, out RawFeatures features, out string problem)
    {
        features = RawFeatures.None;
        problem = "";
        foreach (var name in (list ?? "").Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ByName.TryGetValue(name, out var feature)) features |= feature;
            else problem = $"features may name {string.Join(", ", ByName.Keys)}";
        }
        return problem.Length == 0;
    }

    /// <summary>The signals that a socket with these features is shown.</summary>
    public static SignalKind ToSignals(this RawFeatures features) =>
        (features.HasFlag(RawFeatures.Typing) ? SignalKind.Typing : SignalKind.None)
        | (features.HasFlag(RawFeatures.Receipts) ? SignalKind.Read : SignalKind.None)
        | (features.HasFlag(RawFeatures.Reactions) ? SignalKind.Reactions : SignalKind.None)
        | (features.HasFlag(RawFeatures.Presence) ? SignalKind.Presence : SignalKind.None);
}
