namespace Chat.Server.Persistence.Entries;

/// <summary>The statements of what is shown, for both databases: SQLite takes <c>$1</c> for the name of a parameter.
/// </summary>
/// <remarks>A page follows the links between shown entries (<c>shown_before</c>): what is hidden between two of them
/// costs nothing, however much it is.</remarks>
internal static class ShownSql
{
    /// <summary>Of the entry <c>m</c> itself or before it, the newest shown one.</summary>
    private const string ShownHere =
        "case when m.is_shown then m.sequence else coalesce(m.shown_before, m.sequence - 1) end";

    /// <summary>The sequences of a page of the main stream, from the newest before $4 back.</summary>
    private const string WalkBack =
        $"""
        select (select {ShownHere} from messages m where m.conversation_id = $1 and m.sequence < $4
                 order by m.sequence desc limit 1), 1
        union all
        select (select coalesce(m.shown_before, m.sequence - 1) from messages m
                 where m.conversation_id = $1 and m.sequence = w.sequence), w.n + 1
          from walk w where w.n < $2 and w.sequence > 0
        """;

    /// <summary>The sequences of a page of the main stream, from the first after $4 on: the next entry where it is
    /// shown, else the one whose link comes back here.</summary>
    private const string WalkOn =
        $"""
        select coalesce((select {ShownHere} from messages m where m.conversation_id = $1 and m.sequence <= $4
                          order by m.sequence desc limit 1), 0), 0
        union all
        select coalesce((select m.sequence from messages m
                          where m.conversation_id = $1 and m.sequence = w.sequence + 1 and m.is_shown),
                        (select m.sequence from messages m
                          where m.conversation_id = $1 and m.shown_before = w.sequence and m.is_shown limit 1)),
               w.n + 1
          from walk w where w.n < $2 and w.sequence is not null
        """;

    private const string ThreadBack =
        """
        select t.sequence, row_number() over (order by t.sequence desc) from (
          select m.sequence from messages m where m.conversation_id = $1 and m.thread = $6 and m.sequence < $4
           order by m.sequence desc limit $2) t
        """;

    private const string ThreadOn =
        """
        select t.sequence, row_number() over (order by t.sequence) from (
          select m.sequence from messages m where m.conversation_id = $1 and m.thread = $6 and m.sequence > $4
           order by m.sequence limit $2) t
        """;

    /// <summary>$1 conversation, $2 entries at most, $3 bytes at most, $4 the position, $5 who reads; of a thread $6
    /// its first message. At least one row, with the columns of <see cref="EntryColumns.Read"/>, null where the page is
    /// empty, <see cref="EntryColumns.Size"/>, the head, and those that <see cref="CurrentColumns"/> reads.</summary>
    /// <param name="isThread">Of a thread; else of the main stream.</param>
    /// <param name="isBack">From the newest before the position; else from the first after it.</param>
    /// <param name="keys">The keys of a reaction <c>own</c> as a JSON text, as SQL.</param>
    public static string Page(bool isThread, bool isBack, string keys) =>
        $"""
        with recursive walk (sequence, n) as (
        {(isThread ? isBack ? ThreadBack : ThreadOn : isBack ? WalkBack : WalkOn)})
        select {EntryColumns.ReadOf("q.")}, q.bytes, c.last_sequence, {CurrentColumns.Names("q.")}
          from conversations c
          left join (
            select x.*, sum(x.bytes) over (order by x.n rows unbounded preceding) as upto from (
              select {EntryColumns.ReadOf("m.")}, w.n,
                     {EntryColumns.SizeOf("m.")} + coalesce({EntryColumns.SizeOf("e.")}, 0) as bytes,
                     {CurrentColumns.Select(keys)}
                from walk w
                join messages m on m.conversation_id = $1 and m.sequence = w.sequence
                left join message_states s on s.conversation_id = $1 and s.sequence = m.sequence
                left join messages e on e.conversation_id = $1 and e.sequence = s.version and s.version > s.sequence
                      and not s.is_deleted
                left join messages r on r.conversation_id = $1 and r.sequence = s.reactions_sequence
                left join reactions own on own.conversation_id = $1 and own.target_sequence = m.sequence
                      and own.user_id = $5 and not {ErasureSql.HasLeft}
                left join threads t on t.conversation_id = $1 and t.thread = m.sequence
               where w.n > 0) x) q on q.upto - q.bytes <= $3
         where c.id = $1
         order by q.sequence
        """;
}
