using System.Data.Common;
using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Contracts.Json;

namespace Chat.Server.Persistence.Entries;

/// <summary>What pages of what is shown read beside an entry: what has become of a message.</summary>
internal static class CurrentColumns
{
    /// <summary>Where they begin: behind <see cref="EntryColumns.Read"/>, the size and the head.</summary>
    private const int First = EntryColumns.SizeColumn + 2;

    private const string All =
        "version, is_deleted, is_pinned, now_message, now_url, now_meta, now_payload, told, own_keys, replies, "
        + "last_reply";

    public static string Names(string prefix) => EntryColumns.Prefixed(All, prefix);

    /// <summary>Of the tables <c>s</c> (state), <c>e</c> (newest edit), <c>r</c> (reactions as the log told them),
    /// <c>own</c> (reactions of the reader) and <c>t</c> (thread).</summary>
    public static string Select(string keys) =>
        $"""
        s.version, coalesce(s.is_deleted, false) as is_deleted, s.pin_sequence is not null as is_pinned,
                     e.message as now_message, e.attachment_url as now_url, e.attachment_meta as now_meta,
                     e.payload as now_payload,
                     r.payload as told, {keys} as own_keys, t.replies, t.last_sequence as last_reply
        """;

    /// <summary>Null when nothing has become of the entry.</summary>
    public static CurrentMessage? Read(DbDataReader row, long sequence)
    {
        var (version, replies) = (row.IsDBNull(First) ? sequence : row.GetInt64(First), ReadReplies(row));
        var mine = Parse(row, First + 8);
        if (row.IsDBNull(First) && replies is null && mine is null) return null;
        var (body, meta) = (Text(row, First + 3), Text(row, First + 5));
        var payload = EntryPayload.Parse(Text(row, First + 6));
        return new CurrentMessage
        {
            Sequence = sequence, Version = version, Deleted = row.GetBoolean(First + 1),
            Pinned = row.GetBoolean(First + 2), Body = body is "" ? null : body, AttachmentUrl = Text(row, First + 4),
            AttachmentMeta = meta is null ? null : new RawJson(meta), Attachments = payload?.Attachments,
            Mentions = payload?.Mentions,
            Counts = EntryPayload.Parse(Text(row, First + 7))?.Counts ?? [],
            Mine = mine ?? [], Replies = replies,
        };
    }

    private static ThreadReplies? ReadReplies(DbDataReader row) =>
        row.IsDBNull(First + 9) ? null : new ThreadReplies(row.GetInt64(First + 9), row.GetInt64(First + 10));

    /// <summary>Null where the user has none.</summary>
    private static string[]? Parse(DbDataReader row, int column) =>
        Text(row, column) is { } json
        && JsonSerializer.Deserialize(json, EntryPayloadJson.Default.StringArray) is { Length: > 0 } keys ? keys : null;

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
