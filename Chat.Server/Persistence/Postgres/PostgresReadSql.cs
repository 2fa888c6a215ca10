using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The statements that read the log, and say who may. All parameters are positional; arrays stand for
/// rows.</summary>
internal static class PostgresReadSql
{
    /// <summary>$1 conversation, $2 entries at most, $3 bytes at most, $4 a message, $5 after, $6 up to. The message,
    /// its edits and its deletion.</summary>
    public static readonly string ReadVersions =
        $"""
        {PageStart}
        select * from (
            ({Read} where conversation_id = $1 and sequence = $4 and sequence > $5)
            union all
            ({Read} where conversation_id = $1 and target_sequence = $4 and kind in ({KindSql.Changes})
                and sequence > $5 and sequence <= $6 order by sequence limit $2)) versions
         order by sequence limit $2{PageEnd}
        """;

    /// <summary>$1 conversation, $2 entries at most, $3 bytes at most, $4 a message. The message, and the entry that
    /// has its content now.</summary>
    public const string ReadMessage =
        $"""
        {PageStart}{Read}
         where conversation_id = $1 and sequence in ($4, (
               select s.version from message_states s where s.conversation_id = $1 and s.sequence = $4))
         order by sequence limit $2{PageEnd}
        """;

    private const string Read = $"select {EntryColumns.Read}, {EntryColumns.Size} as bytes from messages";

    /// <summary>$1 conversation, $2 entries at most, $3 bytes at most, $4 after.</summary>
    public const string ReadAfter =
        $"{PageStart}{Read} where conversation_id = $1 and sequence > $4 order by sequence limit $2{PageEnd}";

    /// <summary>$1 conversations, $2 entries at most, $3 bytes at most, $4 after, one for each. In addition the place
    /// of the conversation.</summary>
    public const string ReadAfterEach =
        $"""
        select {EntryColumns.Read}, bytes, place from (
          select *, sum(bytes) over (order by place, sequence rows unbounded preceding) as upto from (
            select m.*, q.place from unnest($1, $4) with ordinality as q(conversation_id, after, place)
              cross join lateral (
                {Read} where conversation_id = q.conversation_id and sequence > q.after order by sequence limit $2) m
            order by q.place, m.sequence limit $2) stretches) page
        where upto - bytes <= $3 order by place, sequence
        """;

    /// <summary>$1 conversation, $2 entries at most, $3 bytes at most, $4 before.</summary>
    public const string ReadBefore =
        $"{BackStart}{Read} where conversation_id = $1 and sequence < $4 order by sequence desc limit $2{BackEnd}";

    /// <summary>$1 conversation, $2 messages at most, $3 bytes at most, $4 after, $5 before, $6 how many to leave
    /// out. They are as they are now.</summary>
    public static readonly string ReadMessagesAfter = PageStart + ReadMessages("") + PageEnd;

    /// <summary>As <see cref="ReadMessagesAfter"/>, from the newest back.</summary>
    public static readonly string ReadMessagesBefore = BackStart + ReadMessages(" desc") + BackEnd;

    /// <summary>The edit of each message of the page is looked up by itself, so that no plan reads more of the
    /// log.</summary>
    private static string ReadMessages(string order) =>
        $"""
        select {FoldedSql.Read} from (
            select * from messages where conversation_id = $1 and kind = {KindSql.Message}
               and sequence > $4 and sequence < $5 and {ErasureSql.HasContent()}
             order by sequence{order} limit $2 offset $6) m
          left join lateral (
            select v.* from message_states s join messages v on v.conversation_id = $1 and v.sequence = s.version
             where s.conversation_id = $1 and s.sequence = m.sequence and s.version > s.sequence limit 1) e on true
         where {FoldedSql.HasContent}
        """;

    // Ends behind the row with which the bytes are used up. The server would otherwise send all rows of the limit, and
    // a reader that has enough would have to take them. Lengths are known without the texts, so rows beyond it cost
    // little.
    private const string PageStart =
        $"select {EntryColumns.Read}, bytes from (select *, sum(bytes) over (order by sequence "
        + "rows unbounded preceding) as upto from (";

    private const string PageEnd = ") stretch) page where upto - bytes <= $3 order by sequence";

    private const string BackStart =
        $"select {EntryColumns.Read}, bytes from (select *, sum(bytes) over (order by sequence desc "
        + "rows unbounded preceding) as upto from (";

    private const string BackEnd = ") stretch) page where upto - bytes <= $3 order by sequence desc";

    /// <summary>$1 conversations, $2 as many users, $3 their tenants. The place of the pair, and
    /// <see cref="AccessColumns"/>.</summary>
    public static readonly string FindAccess =
        $"""
        select q.place, {AccessColumns.Select("now()")}
          from unnest($1, $2, $3) with ordinality as q(conversation_id, user_id, tenant, place)
          join conversations c on c.id = q.conversation_id and c.tenant = q.tenant
          left join participants p on p.conversation_id = q.conversation_id and p.user_id = q.user_id
        """;

    /// <summary>$1 ids.</summary>
    public const string ReadHeads =
        "select id, last_sequence, erased_sequence, last_entry_at from conversations where id = any($1)";

    /// <summary>$1 conversations, $2 message ids, $3 a time before any of them was stored: there is no index on the
    /// ids.</summary>
    public const string FindStored =
        "select conversation_id, message_id, sequence, created_at from messages where created_at >= $3 and "
            + "conversation_id = any($1) and message_id = any($2)";
}
