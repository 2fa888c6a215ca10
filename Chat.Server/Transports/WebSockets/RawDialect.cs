namespace Chat.Server.Transports.WebSockets;

/// <summary>How one socket speaks: its spelling, its features, and the format its entries come in.</summary>
internal sealed class RawDialect
{
    private static readonly RawFormat[] Formats =
        [new(JsonNames.Snake, false), new(JsonNames.Snake, true), new(JsonNames.Camel, false), new(JsonNames.Camel, true)];

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

    public bool HasReconnect => Features.HasFlag(RawFeatures.Reconnect);

    public static RawDialect Create(bool camelCase, RawFeatures features) => new(
        camelCase ? JsonNames.Camel : JsonNames.Snake,
        features,
        Formats[(camelCase ? 2 : 0) + (features.HasFlag(RawFeatures.Seq) ? 1 : 0)]);
}
