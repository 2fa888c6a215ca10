using Chat.Server.Persistence.Entries;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The statements that store entries, and what guards them. All parameters are positional; arrays stand for
/// rows.</summary>
internal static class PostgresSql
{
    /// <summary>Whether there is the lobby, and whether this session may only read ("on" or "off").</summary>
    public const string Ping =
        "select exists (select 1 from conversations where id = '00000000-0000-0000-0000-000000000001'), "
            + "current_setting('transaction_read_only')";

    /// <summary>$1 ids. In id order, so that two instances cannot deadlock, and as a statement of its own, so that the
    /// next one sees what the holder of the lock has committed meanwhile.</summary>
    public const string Lock =
        "select count(*) from (select 1 from conversations where id = any($1) order by id for no key update) locked";

    /// <summary>$1 conversations; $2 conversations and $3 messages, pairs. The conversations that somebody else has
    /// locked, or of whose messages one.</summary>
    public const string FindLocked =
        """
        with free as (
            select id from conversations where id = any($1) order by id for no key update skip locked),
        targets as (
            select conversation_id, sequence from message_states
             where (conversation_id, sequence) in (select * from unnest($2, $3))),
        unlocked as (
            select conversation_id, sequence from message_states
             where (conversation_id, sequence) in (select * from unnest($2, $3))
             order by conversation_id, sequence for no key update skip locked)
        select c.id from conversations c
         where c.id = any($1)
           and (not exists (select 1 from free where free.id = c.id)
                or c.id in (select conversation_id from (
                    select * from targets except select * from unlocked) held))
        """;

    /// <summary>Ends the sessions of server processes that hold locks and have said nothing for 3 s: such a process is
    /// paused, or its host is gone. When it goes on it finds that its commit did not happen.</summary>
    public const string EndSilentSessions =
        """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = current_database() and application_name like 'chat %' and pid <> pg_backend_pid()
           and backend_xid is not null and wait_event = 'ClientRead' and state <> 'idle'
           and greatest(query_start, state_change) < clock_timestamp() - interval '3 seconds'
        """;

    /// <summary>What <see cref="Append"/> and its variants, and <see cref="PostgresMembershipSql.CheckRights"/>, fail
    /// with where a right was taken since it was read: a division by zero, which nothing else in them can
    /// cause.</summary>
    public const string NotAllowed = PostgresErrorCodes.DivisionByZero;

    /// <summary>What <see cref="CheckRevocations"/> fails with: the root of a negative number, of which there is none
    /// elsewhere.</summary>
    public const string Outdated = "2201F";

    /// <summary>$1 the number up to which revocations are known. Fails with <see cref="Outdated"/> when there is one
    /// beyond it. Behind the locks: the time of an entry, and that of the one before it, are older than this
    /// look.</summary>
    public const string CheckRevocations =
        "select sqrt(case when (select coalesce(max(number), 0) from revocations) > $1 then -1 else 0 end)";

    private static readonly string Columns = EntryColumns.Names();

    private static readonly string DraftColumns = EntryColumns.Names("d.");

    /// <summary>$1 conversation ids, $2 how many drafts each has, $3 up to where their senders' rights are known, $4
    /// the position of the last shown one of each, 0 for none, $5 now; from $6 on the drafts: conversation, position
    /// among those of its conversation, and <see cref="EntryColumns.Written"/>. Answers for each conversation that
    /// exists: id, last sequence before, time of the first new entry, 0.</summary>
    /// <remarks>The planner takes every array for a handful of rows, so nothing here joins two of them: each row finds
    /// its conversation by the primary key, as it was before the update that is part of the same statement.</remarks>
    public static readonly string Append =
        $"""
        with stored as (
            insert into messages (conversation_id, sequence, created_at, shown_before, {Columns})
            select c.id, c.last_sequence + d.rn, {TimeOf("$5", "d.rn")}, {ShownBefore}, {DraftColumns}
              from {Linked($"unnest({Parameters(6)}) as r(conversation_id, rn, {Columns})")} d
              join conversations c on c.id = d.conversation_id
             {InOrder})
        update conversations c
           set {Advance("$5")}
          from unnest($1, $2, $3, $4) as a(id, n, as_of, shown)
         where c.id = a.id
        returning c.id, c.last_sequence - a.n, c.last_entry_at - (a.n - 1) * interval '1 microsecond',
                  {CheckSenders($"unnest($6, ${6 + 2 + SenderColumn}) as d(conversation_id, sender_id)", "$5")}
        """;

    /// <summary>Like <see cref="Append"/>, but with the dedupe keys in place of the positions: finds the drafts that
    /// are stored already, and numbers only the others. Answers in addition for each of those found: id, sequence and
    /// time of the entry, place of the draft in the arrays. A null sequence: the sender has used the key for
    /// something else.</summary>
    public static readonly string AppendOnce = Once(
        $"""
        unnest({Parameters(2)}, ${AsOfOnce}) with ordinality
                   as d(conversation_id, dedupe_key, {Columns}, as_of, ord)
        """);

    /// <summary>Like <see cref="AppendOnce"/>, and after its last array another one: the seconds of slow mode, 0 for
    /// drafts that need not wait. Answers in addition for each draft whose sender has to wait: id, 0, until when, the
    /// negative place of the draft in the arrays.</summary>
    public static readonly string AppendSlowly =
        $"""
        with draft as materialized (
            select d.*, m.sequence as known_sequence, m.created_at as known_at, m.message_id as known_id,
                   {FreeAt} as free_at
              from unnest({Parameters(2)}, ${AsOfOnce}, ${AsOfOnce + 1}) with ordinality
                   as d(conversation_id, dedupe_key, {Columns}, as_of, slow_seconds, ord)
              {FindKnown}),
        {SlowlyFresh}
        {StoreFresh("d.slow_seconds")}
        {Early}
        """;

    /// <summary>Like <see cref="AppendSlowly"/>, for batches with edits and deletions, of a message at most one; and
    /// after its last array another one: the versions that messages must have. They are decided here, behind the lock.
    /// Answers in addition for each that is not stored: id, then 0 where the message is gone, the negative version
    /// where it has another one, or the sequence of the entry that has done the same before; time; place of the draft
    /// in the arrays.</summary>
    public static readonly string Amend =
        $"""
        with looked as materialized (
            select d.*, m.sequence as key_sequence, m.created_at as key_at, m.message_id as key_id,
                   {FreeAt} as free_at,
                   count(*) filter (where d.kind = {KindSql.Pinned})
                       over (partition by d.conversation_id order by d.ord) as nth_pin
              from unnest({Parameters(2)}, ${AsOfOnce}, ${AsOfOnce + 1}, ${AsOfOnce + 2}) with ordinality
                   as d(conversation_id, dedupe_key, {Columns}, as_of, slow_seconds, if_version, ord)
              {FindKnown}),
        draft as materialized (
            select d.*, case when d.key_id is null then v.sequence else d.key_sequence end as known_sequence,
                   case when d.key_id is null then v.at else d.key_at end as known_at,
                   case when d.key_id is null then v.id else d.key_id end as known_id
              from looked d
              left join lateral ({AmendmentSql.Decide}) v on true),
        {SlowlyFresh}
        {AmendmentSql.NoteStates}
        {AmendmentSql.NotePins}
        {StoreFresh("case when d.target_sequence is null then d.slow_seconds else c.slow_mode_seconds end")}
        {Early}
        """;

    /// <summary>From when on the sender of a draft <c>d</c> may send in slow mode.</summary>
    private const string FreeAt =
        """
        case when d.slow_seconds > 0 then (
                        select s.sent_at + d.slow_seconds * interval '1 second' from slow_sends s
                         where s.conversation_id = d.conversation_id and s.user_id = d.sender_id) end
        """;

    /// <summary>The rows of <c>draft</c> that are to be stored, and those whose sender has to wait.</summary>
    private const string SlowlyFresh =
        """
        unknown as materialized (
            select d.*, row_number() over (
                   partition by d.conversation_id, d.sender_id, d.slow_seconds > 0 order by d.ord) as nth
              from draft d where d.known_id is null),
        early as materialized (
            select u.*, coalesce(case when u.free_at > $1 then u.free_at end,
                                 $1 + u.slow_seconds * interval '1 second') as wait_until
              from unknown u where u.slow_seconds > 0 and (u.free_at > $1 or u.nth > 1)),
        fresh as materialized (
            select u.*, row_number() over (partition by u.conversation_id order by u.ord) as rn
              from unknown u where u.slow_seconds = 0 or (u.nth = 1 and (u.free_at is null or u.free_at <= $1))),
        noted as (
            insert into slow_sends (conversation_id, user_id, sent_at)
            select conversation_id, sender_id, $1 from fresh where slow_seconds > 0
            on conflict (conversation_id, user_id) do update set sent_at = excluded.sent_at),
        """;

    private const string Early = "union all select message_id, 0, wait_until, -ord from early";

    /// <summary>$1 process ids, $2 application name. How many of them are still there; they are told to go.</summary>
    public const string EndSessions =
        "select count(pg_terminate_backend(pid)), pg_sleep(0.02) from pg_stat_activity where pid = any($1) and "
            + "application_name = $2 and pid <> pg_backend_pid()";

    /// <summary>Joins to a draft <c>d</c> the entry <c>m</c> that is stored already under its dedupe key: without a
    /// sequence where it is another one.</summary>
    private const string FindKnown =
        """
        left join lateral (
               select case when kind = d.kind and target_sequence is not distinct from d.target_sequence
                           then sequence end as sequence, created_at, message_id from messages
                where conversation_id = d.conversation_id and sender_id = d.sender_id and dedupe_key = d.dedupe_key
                limit 1) m on true
        """;

    /// <summary>The statement <see cref="AppendOnce"/>.</summary>
    /// <param name="drafts">The drafts <c>d</c>, as SQL.</param>
    /// <param name="columns">As in <see cref="StoreFresh"/>.</param>
    public static string Once(string drafts, EntryColumn[]? columns = null) =>
        $"""
        with draft as materialized (
            select d.*, m.sequence as known_sequence, m.created_at as known_at, m.message_id as known_id
              from {drafts}
              {FindKnown}),
        fresh as materialized (
            select d.*, row_number() over (partition by d.conversation_id order by d.ord) as rn
              from draft d where d.known_id is null),
        {StoreFresh(columns: columns)}
        """;

    /// <summary>Stores the rows <c>fresh</c>, and answers them and the known ones of <c>draft</c>: the end of all
    /// variants of <see cref="Append"/>.</summary>
    /// <param name="slow">As in <see cref="CheckSenders"/>.</param>
    /// <param name="columns">The columns to fill beside those that the commit gives; null: all.</param>
    private static string StoreFresh(string slow = "0", EntryColumn[]? columns = null) =>
        $"""
        stored as (
            insert into messages (conversation_id, sequence, created_at, shown_before, dedupe_key,
                                  {EntryColumns.Names(columns ?? EntryColumns.Written)})
            select c.id, c.last_sequence + d.rn, {TimeOf("$1", "d.rn")}, {ShownBefore}, d.dedupe_key,
                   {EntryColumns.Names(columns ?? EntryColumns.Written, "d.")}
              from {Linked("fresh r")} d
              join conversations c on c.id = d.conversation_id
             {InOrder}),
        alloc as (
            update conversations c
               set {Advance("$1")}
              from (select conversation_id, max(rn) as n, min(as_of) as as_of,
                           coalesce(max(rn) filter (where is_shown), 0) as shown
                      from fresh group by conversation_id) a
             where c.id = a.conversation_id
            returning c.id, c.last_sequence - a.n, c.last_entry_at - (a.n - 1) * interval '1 microsecond',
                      {CheckSenders("fresh d", "$1", slow, $"(c.is_archived and d.kind <> {KindSql.Deleted})")})
        select * from alloc
        union all
        select known_id, known_sequence, known_at, ord from draft where known_id is not null
        """;

    /// <summary>The number of a row rises with the sequence: observers read by it. <see cref="Linked"/> sorts like
    /// this already.</summary>
    public const string InOrder = "order by d.conversation_id, d.rn";

    /// <summary>Of a draft <c>d</c> of <see cref="Linked"/> and its conversation <c>c</c>: the sequence of the last
    /// shown entry before it; null when that is the one directly before.</summary>
    private const string ShownBefore =
        $"nullif(coalesce(c.last_sequence + d.shown_rn, {LastShown}), c.last_sequence + d.rn - 1)";

    /// <summary>The newest shown entry of a conversation <c>c</c>. The column has it once an entry was hidden;
    /// until then it is 0: the newest entry is shown.</summary>
    /// <remarks>So a server of the version before, which hides nothing and does not know the column, leaves it
    /// right.</remarks>
    public const string LastShown = "coalesce(nullif(c.last_shown_sequence, 0), c.last_sequence)";

    /// <summary>Rows <c>r</c> with <c>conversation_id</c>, <c>rn</c> and <c>is_shown</c>; in addition the position of
    /// the last shown one before, in the same conversation.</summary>
    private static string Linked(string rows) =>
        $"""
        (select r.*, max(case when r.is_shown then r.rn end) over (
                partition by r.conversation_id order by r.rn rows between unbounded preceding and 1 preceding)
                as shown_rn
           from {rows})
        """;

    /// <summary>The time of the new entry of this position in the conversation <c>c</c>.</summary>
    public static string TimeOf(string now, string position) =>
        $"greatest({now}, c.last_entry_at + interval '1 microsecond') + ({position} - 1) * interval '1 microsecond'";

    /// <summary>Moves the conversation <c>c</c> on by <c>a.n</c> entries.</summary>
    /// <param name="now">The time of the commit.</param>
    /// <param name="shown">The position of the last shown one of them; 0: none is.</param>
    public static string Advance(string now, string shown = "a.shown") =>
        $"""
        last_sequence = c.last_sequence + a.n, last_entry_at = {TimeOf(now, "a.n")},
               last_shown_sequence = case when c.last_shown_sequence = 0 and {shown} = a.n then 0
                   when {shown} > 0 then c.last_sequence + {shown} else {LastShown} end,
               last_shown_at = case when c.last_shown_sequence = 0 and {shown} = a.n then null
                   when {shown} > 0 then {TimeOf(now, shown)} else coalesce(c.last_shown_at, c.last_entry_at) end
        """;

    /// <summary>The number of the array of <see cref="Draft.AsOf"/> in <see cref="AppendOnce"/>: the last
    /// one.</summary>
    private static int AsOfOnce => 2 + 2 + EntryColumns.Written.Length;

    private static int SenderColumn => Array.FindIndex(EntryColumns.Written, column => column.Name == "sender_id");

    /// <summary>0; fails with <see cref="NotAllowed"/> when somebody's right was taken since a right was read, and one
    /// of the senders may not write any more.</summary>
    /// <param name="drafts">Rows <c>d</c> with <c>conversation_id</c> and <c>sender_id</c>.</param>
    /// <param name="now">The time of the commit.</param>
    /// <param name="slow">The seconds of slow mode that the draft was checked for.</param>
    /// <param name="archived">As in <see cref="AccessColumns.MayNotWrite"/>.</param>
    public static string CheckSenders(
        string drafts, string now, string slow = "0", string archived = "c.is_archived") =>
        $"""
        case when c.removed_sequence > a.as_of and exists (
                  select 1 from {drafts}
                    left join participants p on p.conversation_id = c.id and p.user_id = d.sender_id
                   where d.conversation_id = c.id and {AccessColumns.MayNotWrite(
                       "d.sender_id", now, slow, archived)})
             then 1 / (c.last_sequence - c.last_sequence) else 0::bigint end
        """;

    /// <summary>The arrays of the drafts, from this number on: conversation, position or key, and the
    /// columns.</summary>
    private static string Parameters(int first) => Parameters(first, 2 + EntryColumns.Written.Length);

    /// <summary>So many parameters, from this number on.</summary>
    public static string Parameters(int first, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(number => $"${number}"));
}
