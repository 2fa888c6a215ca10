using Chat.Contracts.Entries;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The statements of <see cref="PostgresSql"/> for batches of messages that are a text and nothing else: these
/// are nearly all, and each array that need not be sent, taken apart and looked at is a part of what a message
/// costs.</summary>
internal static class PostgresTextSql
{
    /// <summary>The arrays of the drafts: conversation, position or key, and
    /// <see cref="EntryColumns.OfText"/>.</summary>
    private static readonly int Arrays = 2 + EntryColumns.OfText.Length;

    private static readonly string Columns = EntryColumns.Names(EntryColumns.OfText);

    private static readonly EntryColumn[] Filled = Array.FindAll(EntryColumns.Written,
        static column => EntryColumns.OfText.Contains(column) || column.Name is "kind" or "msg_type" or "is_shown");

    /// <summary>What all of them are.</summary>
    private static readonly string Constants =
        $"{KindSql.Message}::smallint as kind, {(int)MessageType.Text}::smallint as msg_type, true as is_shown, "
        + "null::bigint as target_sequence";

    /// <summary>Like <see cref="PostgresSql.Append"/>: $1 conversation ids, $2 how many drafts each has, $3 up to where
    /// their senders' rights are known, $4 now; from $5 on the drafts. All of them are shown, so it is known which one
    /// is shown before each.</summary>
    public static readonly string Append =
        $"""
        with stored as (
            insert into messages (conversation_id, sequence, created_at, shown_before,
                                  {EntryColumns.Names(Filled)})
            select c.id, c.last_sequence + d.rn, {PostgresSql.TimeOf("$4", "d.rn")},
                   case when d.rn = 1 then nullif({PostgresSql.LastShown}, c.last_sequence) end,
                   {EntryColumns.Names(Filled, "d.")}
              from (select t.*, {Constants}
                      from unnest({PostgresSql.Parameters(5, Arrays)}) as t(conversation_id, rn, {Columns})) d
              join conversations c on c.id = d.conversation_id
             {PostgresSql.InOrder})
        update conversations c
           set {PostgresSql.Advance("$4", "a.n")}
          from unnest($1, $2, $3) as a(id, n, as_of)
         where c.id = a.id
        returning c.id, c.last_sequence - a.n, c.last_entry_at - (a.n - 1) * interval '1 microsecond',
                  {PostgresSql.CheckSenders($"unnest($5, ${7 + Sender}) as d(conversation_id, sender_id)", "$4")}
        """;

    /// <summary>Like <see cref="PostgresSql.AppendOnce"/>: $1 now, from $2 on the drafts, and behind them up to where
    /// their senders' rights are known.</summary>
    public static readonly string AppendOnce = PostgresSql.Once(
        $"""
        (select t.*, {Constants}
                      from unnest({PostgresSql.Parameters(2, Arrays + 1)}) with ordinality
                           as t(conversation_id, dedupe_key, {Columns}, as_of, ord)) d
        """, Filled);

    private static int Sender => Array.FindIndex(EntryColumns.OfText, static column => column.Name == "sender_id");
}
