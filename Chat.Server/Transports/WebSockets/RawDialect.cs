using System.Collections.Concurrent;

namespace Chat.Server.Transports.WebSockets;

/// <summary>How one socket speaks: its spelling, its features, and the format its entries come in.</summary>
internal sealed class RawDialect
{
    /// <summary>One per spelling and set of features that change what entries look like, made on first need: so a
    /// server holds no places for those that nobody asks for.</summary>
    private static readonly ConcurrentDictionary<(bool, RawFeatures), Lazy<RawFormat>> Formats = new();

    private RawDialect(JsonNames names, RawFeatures features, RawFormat format)
    {
        Names = names;
        Features = features;
        Format = format;
    }

    public JsonNames Names { get; }

    public RawFeatures Features { get; }

    public RawFormat Format { get; }

    public bool HasSeq => Features.HasFlag(RawFeatures.Seq);

    public bool HasReceipts => Features.HasFlag(RawFeatures.Receipts);

    public bool HasEdits => Features.HasFlag(RawFeatures.Edits);

    public bool HasPresence => Features.HasFlag(RawFeatures.Presence);

    public bool HasThreads => Features.HasFlag(RawFeatures.Threads);

    public bool HasAuth => Features.HasFlag(RawFeatures.Auth);

    /// <summary>The types of frames that this socket may send, for refusals.</summary>
    public string Types => RawCommandTypes.Describe(Features);

    public bool HasReconnect => Features.HasFlag(RawFeatures.Reconnect);

    public static RawDialect Create(bool camelCase, RawFeatures features) => new(
        camelCase ? JsonNames.Camel : JsonNames.Snake,
        features,
        Formats.GetOrAdd((camelCase, features & RawFormat.Shown), static key => new(
            () => new RawFormat(key.Item1 ? JsonNames.Camel : JsonNames.Snake, key.Item2))).Value);
}
