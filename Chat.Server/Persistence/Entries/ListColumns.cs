using System.Data.Common;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Rows;

namespace Chat.Server.Persistence.Entries;

/// <summary>Reads what <see cref="ListSql"/> answers.</summary>
internal static class ListColumns
{
    /// <summary>Of the conversation: behind those of its newest shown entry.</summary>
    private const int First = EntryColumns.SizeColumn;

    private const int Position = First + 12, Count = First + 15;

    /// <summary>Whether the user takes part in too many to be sorted.</summary>
    public static bool IsLong(DbDataReader row) => row.GetInt64(Count) > ListQuery.MostSorted;

    /// <summary>Whether the row is a conversation of the page.</summary>
    public static bool IsListed(DbDataReader row) => !row.IsDBNull(First);

    public static ConversationSummary Read<TDatabase>(DbDataReader row) where TDatabase : struct, IColumnReader
    {
        var conversation = new ConversationRow
        {
            Id = new ConversationId(TDatabase.ReadGuid(row, First)), Kind = (ConversationKind)row.GetInt16(First + 1),
            Title = Text(row, First + 2), CreatedAt = TDatabase.ReadTime(row, First + 3),
            LastSequence = row.GetInt64(First + 4), Topic = Text(row, First + 5), AvatarUrl = Text(row, First + 6),
            IsArchived = row.GetBoolean(First + 7), LastShownAt = TDatabase.ReadTime(row, First + 8),
        };
        var sender = default(UserId);
        var last = row.IsDBNull(0) ? null : EntryColumns.ReadEntry<TDatabase>(row, conversation.Id, ref sender);
        return ConversationStore.Summarize(conversation, row.GetInt64(First + 9), last, row.GetBoolean(First + 11),
            row.IsDBNull(First + 10) ? null : row.GetInt64(First + 10)) with
        {
            Unread = ReadUnread(row, conversation.Id, last?.Sequence ?? 0),
        };
    }

    private static Unread ReadUnread(DbDataReader row, ConversationId conversation, long head)
    {
        if (row.IsDBNull(Position + 1)) return Unread.None; // read to the end
        var place = new UnreadPlace(conversation, default, row.GetInt64(Position), head);
        return place.Answer((int)row.GetInt64(Position + 1)) ?? OfBack(row.GetInt64(Position + 2));
    }

    /// <summary>A number of which there are others behind it is told as a negative one.</summary>
    private static Unread OfBack(long found) =>
        found < 0 ? UnreadPlace.Counted((int)(-1 - found), isAll: false) : UnreadPlace.Counted((int)found, isAll: true);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
