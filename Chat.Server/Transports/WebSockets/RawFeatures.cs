namespace Chat.Server.Transports.WebSockets;

/// <summary>What a raw socket may ask for beyond go-chatty's frames, in <c>features=</c>.</summary>
[Flags]
internal enum RawFeatures
{
    None = 0,

    /// <summary>Every entry with its sequence, entries that are not messages included.</summary>
    Seq = 1,
    Typing = 2,
    Presence = 4,

    /// <summary>A receipt for each message sent.</summary>
    Receipts = 8,
    Edits = 16,
    Reactions = 32,

    /// <summary>A frame that asks to connect again before the server stops.</summary>
    Reconnect = 64,
}

internal static class RawFeatureNames
{
    private static readonly Dictionary<string, RawFeatures> ByName = Enum.GetValues<RawFeatures>()
        .Where(f => f != RawFeatures.None).ToDictionary(f => f.ToString().ToLowerInvariant());

    /// <summary>Reads a comma-separated list; <paramref name="problem"/> names what is unknown and what is allowed.</summary>
    public static bool TryParse(string? list, out RawFeatures features, out string problem)
    {
        features = RawFeatures.None;
        problem = "";
        foreach (var name in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ByName.TryGetValue(name, out var feature)) features |= feature;
            else problem = $"features may name {string.Join(", ", ByName.Keys)}";
        }
        return problem.Length == 0;
    }
}
