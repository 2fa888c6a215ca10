using System.Data.Common;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Rows;

namespace Chat.Server.Persistence.Entries;

/// <summary>Reads what <see cref="ListSql"/> answers.</summary>
internal static class ListColumns
{
    /// <summary>The first column of the conversation; those of its newest shown entry come before.</summary>
    private const int First = EntryColumns.SizeColumn;

    private const int Position = First + 12, Count = First + 15;

    /// <summary>Adds the conversation that the row is, if it is one.</summary>
    /// <returns>False: the user takes part in too many to be sorted.</returns>
    public static bool TryTake<TDatabase>(DbDataReader row, List<ConversationSummary> listed)
        where TDatabase : struct, IColumnReader
    {
        if (row.GetInt64(Count) > ListQuery.MostSorted) return false;
        if (!row.IsDBNull(First)) listed.Add(Read<TDatabase>(row));
        return true;
    }

    private static ConversationSummary Read<TDatabase>(DbDataReader row) where TDatabase : struct, IColumnReader
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

    /// <summary>Where there are more than the n that were counted, the statement answers -1 - n.</summary>
    private static Unread OfBack(long found) =>
        found < 0 ? UnreadPlace.Counted((int)(-1 - found), isAll: false) : UnreadPlace.Counted((int)found, isAll: true);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
