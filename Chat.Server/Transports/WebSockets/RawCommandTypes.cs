using System.Text;
using System.Text.Json;
using Chat.Server.Limits;

namespace Chat.Server.Transports.WebSockets;

/// <summary>The types of frames from clients: their word, the feature that they belong to, and what they count
/// as.</summary>
internal static class RawCommandTypes
{
    /// <summary>In the order in which words are compared and named in refusals.</summary>
    private static readonly (RawCommandType Type, RawFeatures Feature, LimitKind Limit)[] All =
    [
        (RawCommandType.Message, RawFeatures.None, LimitKind.Sends),
        (RawCommandType.Join, RawFeatures.None, LimitKind.Joins),
        (RawCommandType.Typing, RawFeatures.Typing, LimitKind.Typing),
        (RawCommandType.Read, RawFeatures.Receipts, LimitKind.Reads),
        (RawCommandType.Presence, RawFeatures.Presence, LimitKind.Presence),
        (RawCommandType.Edit, RawFeatures.Edits, LimitKind.Sends),
        (RawCommandType.Delete, RawFeatures.Edits, LimitKind.Sends),
        (RawCommandType.React, RawFeatures.Reactions, LimitKind.Sends),
        (RawCommandType.Reactions, RawFeatures.Reactions, LimitKind.Lists),
        (RawCommandType.Conversations, RawFeatures.Conversations, LimitKind.Lists),
        (RawCommandType.Users, RawFeatures.Users, LimitKind.Presence),
        (RawCommandType.Refresh, RawFeatures.Auth, LimitKind.Presence),
        (RawCommandType.Threads, RawFeatures.Threads, LimitKind.Lists),
        (RawCommandType.Follow, RawFeatures.Threads, LimitKind.Changes),
        (RawCommandType.Unfollow, RawFeatures.Threads, LimitKind.Changes),
        (RawCommandType.Mentions, RawFeatures.Threads, LimitKind.Lists),
        (RawCommandType.Pin, RawFeatures.Threads, LimitKind.Changes),
        (RawCommandType.Unpin, RawFeatures.Threads, LimitKind.Changes),
        (RawCommandType.Pins, RawFeatures.Threads, LimitKind.Lists),
        (RawCommandType.History, RawFeatures.Views, LimitKind.History),
        (RawCommandType.MessageAt, RawFeatures.Views, LimitKind.History),
        (RawCommandType.Versions, RawFeatures.Views, LimitKind.History),
        (RawCommandType.Unread, RawFeatures.Views, LimitKind.Reads),
        (RawCommandType.Block, RawFeatures.Blocks, LimitKind.Changes),
        (RawCommandType.Unblock, RawFeatures.Blocks, LimitKind.Changes),
        (RawCommandType.Blocks, RawFeatures.Blocks, LimitKind.Lists),
        (RawCommandType.Report, RawFeatures.Reports, LimitKind.Changes),
        (RawCommandType.Reports, RawFeatures.Reports, LimitKind.Lists),
        (RawCommandType.CloseReport, RawFeatures.Reports, LimitKind.Changes),
        (RawCommandType.Participants, RawFeatures.Rights, LimitKind.History),
        (RawCommandType.Add, RawFeatures.Rights, LimitKind.Changes),
        (RawCommandType.Remove, RawFeatures.Rights, LimitKind.Changes),
        (RawCommandType.SetRole, RawFeatures.Rights, LimitKind.Changes),
        (RawCommandType.ChangeConversation, RawFeatures.Rights, LimitKind.Changes),
        (RawCommandType.Leave, RawFeatures.None, LimitKind.Joins),
    ];

    private static readonly byte[][] Words = [.. All.Select(one => Encoding.UTF8.GetBytes(WordOf(one.Type)))];

    /// <summary>All that there are, and the feature that each belongs to.</summary>
    public static IEnumerable<(RawCommandType Type, RawFeatures Feature)> Known =>
        All.Select(one => (one.Type, one.Feature));

    /// <summary>The type whose word the reader stands on.</summary>
    public static RawCommandType Find(in Utf8JsonReader reader)
    {
        for (var i = 0; i < Words.Length; i++)
            if (reader.ValueTextEquals(Words[i])) return All[i].Type;
        return RawCommandType.Unknown;
    }

    public static string WordOf(RawCommandType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString());

    /// <summary>What a frame of this type counts as, on a socket with these features.</summary>
    public static LimitKind LimitOf(RawCommandType type, RawFeatures features)
    {
        foreach (var one in All)
            if (one.Type == type) return features.HasFlag(one.Feature) ? one.Limit : LimitKind.Unknown;
        return LimitKind.Unknown;
    }

    /// <summary>The words that a socket with these features may send, for refusals.</summary>
    public static string Describe(RawFeatures features)
    {
        var words = All.Where(one => features.HasFlag(one.Feature)).Select(one => WordOf(one.Type)).ToList();
        return $"{string.Join(", ", words[1..])} or {words[0]}";
    }
}
