using System.Text.Json;

namespace Chat.Tests.Integration.Lists;

/// <summary>What a device was told of one conversation in its list.</summary>
internal sealed record ListNews(string Id, long Last, long Unread, bool Muted, string? LastBody)
{
    public bool IsRemoval { get; private init; }

    public string? Title { get; private init; }

    public string? LastKind { get; private init; }

    public static ListNews Removed(string id) => new(id, 0, 0, false, null) { IsRemoval = true };

    /// <summary>From the hub, and in camelCase.</summary>
    public static ListNews Changed(JsonElement summary) => Read(
        summary, "lastSequence", "unreadCount", "isMuted", "lastEntry");

    /// <summary>From a raw socket.</summary>
    public static ListNews OfFrame(JsonElement frame) =>
        frame.GetProperty("type").GetString() == "conversation_removed"
            ? Removed(frame.GetProperty("conversation_id").GetString()!)
            : Read(frame.GetProperty("conversation"), "last_seq", "unread_count", "is_muted", "last_entry");

    private static ListNews Read(JsonElement summary, string last, string unread, string muted, string lastEntry)
    {
        var entry = summary.GetProperty(lastEntry);
        return new ListNews(
            summary.GetProperty("id").GetString()!, summary.GetProperty(last).GetInt64(),
            summary.GetProperty(unread).GetInt64(), summary.GetProperty(muted).GetBoolean(),
            entry.TryGetProperty("body", out var body) ? body.GetString() : null)
        {
            Title = summary.GetProperty("title").GetString(),
            LastKind = entry.GetProperty("kind").GetString(),
        };
    }
}
