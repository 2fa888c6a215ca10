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
        Types = $"{string.Join(", ", ["join", .. TypesOf(features), "leave"])} or message";
    }

    public JsonNames Names { get; }

    public RawFeatures Features { get; }

    public RawFormat Format { get; }

    public bool HasSeq => Features.HasFlag(RawFeatures.Seq);

    public bool HasReceipts => Features.HasFlag(RawFeatures.Receipts);

    public bool HasEdits => Features.HasFlag(RawFeatures.Edits);

    public bool HasTyping => Features.HasFlag(RawFeatures.Typing);

    public bool HasPresence => Features.HasFlag(RawFeatures.Presence);

    public bool HasConversations => Features.HasFlag(RawFeatures.Conversations);

    public bool HasUsers => Features.HasFlag(RawFeatures.Users);

    public bool HasBlocks => Features.HasFlag(RawFeatures.Blocks);

    public bool HasThreads => Features.HasFlag(RawFeatures.Threads);

    public bool HasReports => Features.HasFlag(RawFeatures.Reports);

    public bool HasRights => Features.HasFlag(RawFeatures.Rights);

    public bool HasAuth => Features.HasFlag(RawFeatures.Auth);

    /// <summary>The types of frames that this socket may send, for refusals.</summary>
    public string Types { get; }

    public bool HasReconnect => Features.HasFlag(RawFeatures.Reconnect);

    public static RawDialect Create(bool camelCase, RawFeatures features) => new(
        camelCase ? JsonNames.Camel : JsonNames.Snake,
        features,
        Formats.GetOrAdd((camelCase, features & RawFormat.Shown), static key => new(
            () => new RawFormat(key.Item1 ? JsonNames.Camel : JsonNames.Snake, key.Item2))).Value);

    private static IEnumerable<string> TypesOf(RawFeatures features)
    {
        if (features.HasFlag(RawFeatures.Typing)) yield return "typing";
        if (features.HasFlag(RawFeatures.Receipts)) yield return "read";
        if (features.HasFlag(RawFeatures.Presence)) yield return "presence";
        if (features.HasFlag(RawFeatures.Edits))
        {
            yield return "edit";
            yield return "delete";
        }
        if (features.HasFlag(RawFeatures.Conversations)) yield return "conversations";
        if (features.HasFlag(RawFeatures.Users)) yield return "users";
        if (features.HasFlag(RawFeatures.Auth)) yield return "refresh";
        if (features.HasFlag(RawFeatures.Threads))
        {
            yield return "threads";
            yield return "follow";
            yield return "unfollow";
            yield return "mentions";
            yield return "pin";
            yield return "unpin";
            yield return "pins";
        }
        if (features.HasFlag(RawFeatures.Blocks))
        {
            yield return "block";
            yield return "unblock";
            yield return "blocks";
        }
        if (features.HasFlag(RawFeatures.Reports))
        {
            yield return "report";
            yield return "reports";
            yield return "close_report";
        }
        if (features.HasFlag(RawFeatures.Rights))
        {
            yield return "participants";
            yield return "add";
            yield return "remove";
            yield return "set_role";
            yield return "change_conversation";
        }
    }
}
