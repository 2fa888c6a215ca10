using Chat.Server.Persistence.Entries;

namespace Chat.Server.Observers.Store;

/// <summary>The statements that read all logs in one.</summary>
internal static class ScanSql
{
    /// <summary>Where the statements have the number of a row: behind <see cref="EntryColumns.Read"/> and
    /// <see cref="EntryColumns.Size"/>. Then comes the conversation.</summary>
    public const int IdColumn = EntryColumns.SizeColumn + 1, ConversationColumn = IdColumn + 1;

    /// <summary>$1 behind this number, $2 entries at most, $3 bytes at most.</summary>
    public const string Read = $"{PageStart}{Behind}{PageEnd}";

    /// <summary>As <see cref="Read"/>, and $4 and $5 the first and last numbers of gaps: what is in these comes too.
    /// One statement, for it needs one snapshot: in two, a commit in between would show the later entry of a
    /// conversation without the earlier.</summary>
    public const string ReadWithGaps =
        $"""
        {PageStart}
        select * from (
            (select m.* from unnest($4, $5) as g(first, last) cross join lateral (
                {Rows} where id between g.first and g.last order by id limit $2) m)
            union all
            ({Behind})) both_parts
         order by id limit $2{PageEnd}
        """;

    /// <summary>The transactions that hold the lock that writing a row of the log needs, which lasts until their end.
    /// </summary>
    public const string FindWriters =
        """
        select virtualtransaction from pg_locks
         where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'messages'::regclass
           and database = (select oid from pg_database where datname = current_database())
        """;

    /// <summary>SQLite's: parameters by name.</summary>
    public const string SqliteRead = $"{Rows} where id > $top order by id limit $limit";

    public const string FindEnd = "select coalesce(max(id), 0) from messages";

    private const string Rows =
        $"select {EntryColumns.Read}, {EntryColumns.Size} as bytes, id, conversation_id from messages";

    private const string Behind = $"{Rows} where id > $1 order by id limit $2";

    // As PostgresReadSql does: the page ends where its bytes are used up.
    private const string PageStart =
        $"select {EntryColumns.Read}, bytes, id, conversation_id from (select *, sum(bytes) over (order by id "
        + "rows unbounded preceding) as upto from (";

    private const string PageEnd = ") stretch) page where upto - bytes <= $3 order by id";
}
