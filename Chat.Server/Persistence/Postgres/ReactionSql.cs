using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The statements of reactions. All parameters are positional; arrays stand for rows.</summary>
internal static class ReactionSql
{
    /// <summary>Whether the message <c>t</c> with the state <c>s</c>, in the conversation <c>c</c>, has no content any
    /// more.</summary>
    private static readonly string IsGone =
        $"""
        (coalesce(s.is_deleted, false) or c.erased_sequence >= t.sequence or not {ErasureSql.HasContent("t.")})
        """;

    /// <summary>$1 now, $2 up to when a message's reactions must have been told last for new ones to be told at once;
    /// from $3 on the drafts: id, conversation, message, sender, keys with spaces between them, null for one that
    /// tells, up to where the sender's rights are known, and the entry that told last. Of a user and a message there is
    /// at most one. It stands before the statement that appends, behind the locks, and decides all: right, message, and
    /// how many reactions a message has. Answers for each draft its place in the arrays, why it is not stored or null,
    /// the entry that tells it or null, when it was stored, what that entry says where it has the draft's id, whether
    /// the entry names the sender, and the newest entry that told before, with its time.</summary>
    /// <remarks>Totals are moved by the difference and never counted. Where the messages of several drafts would have
    /// more reactions together than may be, those behind the first are to be tried again alone.</remarks>
    public static readonly string Set =
        $"""
        {Decided("")},
        placed as (
            select g.*, case when g.is_due then row_number() over (
                       partition by g.conversation_id, g.is_due order by g.ord) end as rn
              from touched g),
        said as materialized (
            select g.*, {Counts} as counts, case when g.is_nameable then {Changes} end as changes
              from placed g where g.is_due),
        told as materialized (
            select g.*, c.last_sequence + g.rn as sequence, {PostgresSql.TimeOf("$1", "g.rn")} as at,
                   nullif({PostgresSql.LastShown}, c.last_sequence + g.rn - 1) as shown_before,
                   n.is_named, case when g.is_due then json_build_object('counts', s.counts,
                       'changes', case when n.is_named then s.changes end)::text end as payload
              from placed g join conversations c on c.id = g.conversation_id
              left join said s on s.conversation_id = g.conversation_id and s.target_sequence = g.target_sequence
              cross join lateral (select s.changes is not null and (g.is_alone
                   or octet_length(s.counts::text) + octet_length(s.changes::text) <= {NamedReactions.Bytes})
                   as is_named) n),
        stored as (
            insert into messages (conversation_id, sequence, created_at, shown_before, kind, sender_id, message,
                                  message_id, msg_type, target_sequence, payload, is_shown)
            select conversation_id, sequence, at, shown_before, {KindSql.ReactionsChanged}, sender_id, '', id, 0,
                   target_sequence, payload, false
              from told where is_due
             order by conversation_id, sequence),
        advanced as (
            update conversations c set {PostgresSql.Advance("$1")}
              from (select conversation_id, count(*) as n, 0 as shown from told where is_due
                     group by conversation_id) a
             where c.id = a.conversation_id),
        noted as (
            insert into message_states as s (conversation_id, sequence, version, reactions_sequence, told_at,
                                             untold_since)
            select conversation_id, target_sequence, target_sequence, sequence, case when is_due then at end,
                   case when not is_due then $1 end
              from told where is_due or untold_since is null
            on conflict (conversation_id, sequence) do update
               set reactions_sequence = coalesce(excluded.reactions_sequence, s.reactions_sequence),
                   told_at = coalesce(excluded.told_at, s.told_at), untold_since = excluded.untold_since)
        select l.ord, coalesce(l.verdict, x.verdict),
               case when l.verdict = 'same' and l.untold_since is null then l.reactions_sequence else g.sequence end,
               coalesce(g.at, $1), case when g.ord = l.ord then g.payload end, coalesce(g.is_due and g.is_named, false),
               l.reactions_sequence, l.told_at
          from looked l
          left join crowded x on x.ord = l.ord
          left join told g on l.verdict is null and x.ord is null and g.conversation_id = l.conversation_id
               and g.target_sequence = l.target_sequence
        """;

    /// <summary>$1 conversations and $2 messages, pairs. Locks what has become of these messages: ahead of the locks of
    /// the conversations, where these are taken too. In order, so that two instances cannot deadlock, and as a
    /// statement of its own, so that the next one sees what the holder of the lock has committed meanwhile.</summary>
    public const string LockMessages =
        """
        select count(*) from (
            select 1 from message_states where (conversation_id, sequence) in (select * from unnest($1, $2))
             order by conversation_id, sequence for no key update) locked
        """;

    /// <summary>Like <see cref="Set"/>, for reactions that an entry is to tell later anyway: it has the locks of
    /// <see cref="LockMessages"/> alone, so what is sent to the conversation does not wait for it. What has to be told
    /// at once is answered with 'again'.</summary>
    /// <remarks>Whatever else reads or changes reactions, their totals or what was told of them has these locks too,
    /// before it looks.</remarks>
    public static readonly string SetQuietly =
        $"""
        {Decided("when s.reactions_sequence is null or s.untold_since is null and s.told_at <= $2 then 'again'")},
        noted as (
            insert into message_states (conversation_id, sequence, version, untold_since)
            select conversation_id, target_sequence, target_sequence, $1 from touched where untold_since is null
            on conflict (conversation_id, sequence) do update set untold_since = excluded.untold_since)
        select l.ord, coalesce(l.verdict, x.verdict),
               case when l.verdict = 'same' and l.untold_since is null then l.reactions_sequence end, $1, null, false,
               l.reactions_sequence, l.told_at
          from looked l
          left join crowded x on x.ord = l.ord
        """;

    /// <summary>$1 conversation, $2 a message. Drops its reactions where it is deleted now: some of those of users,
    /// and what is left of them is marked, for the upkeep.</summary>
    public static readonly string Drop =
        $"""
        with gone as (
            select 1 from message_states where conversation_id = $1 and sequence = $2 and is_deleted),
        dropped as (
            delete from reactions where ctid = any (array(
                   select ctid from reactions
                    where conversation_id = $1 and target_sequence = $2 and exists (select 1 from gone)
                    limit {ReactionStore.DroppedAtOnce}))
            returning 1),
        marked as (
            update message_states set untold_since = now()
             where conversation_id = $1 and sequence = $2 and is_deleted
               and (select count(*) from dropped) = {ReactionStore.DroppedAtOnce})
        delete from reaction_totals where conversation_id = $1 and target_sequence = $2
           and exists (select 1 from gone)
        """;

    private const int Most = ChatLimits.ReactionsPerMessage;

    /// <summary>What the entry of a row <c>g</c> says, as <see cref="EntryPayload"/> reads it.</summary>
    private const string Changes =
        """
        (
                         select json_agg(json_build_object('userId', p.sender_id, 'keys', p.wanted) order by p.ord)
                           from passed p where p.conversation_id = g.conversation_id
                            and p.target_sequence = g.target_sequence and p.keys is not null)
        """;

    private static string Counts =>
        $"""
        coalesce((
                         select json_agg(json_build_object('key', o.key, 'count', o.n) order by o.n desc, o.key) from (
                             select a.key, a.n from totals a
                              where a.conversation_id = g.conversation_id and a.target_sequence = g.target_sequence
                                and a.n > 0
                              order by a.n desc, a.key limit {Most}) o), '[]'::json)
        """;

    /// <summary>Decides about the drafts, and stores what passes: the beginning of <see cref="Set"/>.</summary>
    /// <remarks>The plan is kept, and may have been made while there were no reactions. What looks for single ones has
    /// an <c>offset</c>, so that it cannot be planned as one reading of all.</remarks>
    /// <param name="other">Another reason why a draft is not stored.</param>
    private static string Decided(string other) =>
        $"""
        with looked as materialized (
            select d.*, r.ctid as place, coalesce(r.keys, array[]::text[]) as had,
                   string_to_array(d.keys, ' ') as wanted, s.reactions_sequence, s.told_at, s.untold_since,
                   case when c.id is null or d.keys is not null and c.removed_sequence > d.as_of and exists (
                             select 1 from (select 1) one
                               left join participants p
                                    on p.conversation_id = d.conversation_id and p.user_id = d.sender_id
                              where {AccessColumns.MayNotWrite("d.sender_id", "$1", "c.slow_mode_seconds")})
                             then 'forbidden'
                        when t.kind is distinct from {KindSql.Message} then 'none'
                        when {IsGone} then 'gone'
                        when d.keys is null and (s.untold_since is null or s.reactions_sequence <> d.told) then 'same'
                        when coalesce(r.keys, array[]::text[]) = string_to_array(d.keys, ' ') then 'same'
                        {other}
                   end as verdict
              from unnest($3, $4, $5, $6, $7, $8, $9) with ordinality
                   as d(id, conversation_id, target_sequence, sender_id, keys, as_of, told, ord)
              left join conversations c on c.id = d.conversation_id
              left join messages t on t.conversation_id = d.conversation_id and t.sequence = d.target_sequence
              left join message_states s on s.conversation_id = d.conversation_id and s.sequence = d.target_sequence
              left join lateral (
                   select keys, ctid from reactions
                    where conversation_id = d.conversation_id and target_sequence = d.target_sequence
                      and user_id = d.sender_id and d.keys is not null offset 0) r on true),
        adding as materialized (
            select l.ord, l.conversation_id, l.target_sequence, k.key,
                   row_number() over (partition by l.conversation_id, l.target_sequence, k.key order by l.ord) as nth
              from looked l cross join lateral unnest(l.wanted) as k(key)
              left join lateral (
                   select n from reaction_totals where conversation_id = l.conversation_id
                      and target_sequence = l.target_sequence and key = k.key offset 0) t on true
             where l.verdict is null and t.n is null),
        adders as (
            select conversation_id, target_sequence, ord, count(*) as own,
                   sum(count(*) filter (where nth = 1)) over (
                       partition by conversation_id, target_sequence order by ord) as upto
              from adding group by conversation_id, target_sequence, ord),
        crowded as materialized (
            select a.ord, case when x.n + a.own - y.freed > {Most} then 'many' else 'again' end as verdict
              from adders a
              cross join lateral (
                    select count(*) as n from reaction_totals t
                     where t.conversation_id = a.conversation_id and t.target_sequence = a.target_sequence) x
              cross join lateral (
                    select count(*) as freed from looked l cross join lateral unnest(l.had) as h(key)
                      join reaction_totals t on t.conversation_id = a.conversation_id
                           and t.target_sequence = a.target_sequence and t.key = h.key and t.n = 1
                     where l.ord = a.ord and h.key <> all (l.wanted)) y
             where x.n + a.own - y.freed > {Most} or x.n + a.upto > {Most} and a.upto > a.own),
        passed as materialized (
            select l.* from looked l
             where l.verdict is null and not exists (select 1 from crowded x where x.ord = l.ord)),
        moved as materialized (
            select p.conversation_id, p.target_sequence, k.key collate "C" as key, 1 as by
              from passed p cross join lateral unnest(p.wanted) as k(key)
             where p.keys is not null and k.key <> all (p.had)
            union all
            select p.conversation_id, p.target_sequence, k.key collate "C", -1
              from passed p cross join lateral unnest(p.had) as k(key)
             where p.keys is not null and k.key <> all (p.wanted)),
        touched as materialized (
            select conversation_id, target_sequence, max(ord) as ord,
                   (array_agg(id order by ord desc))[1] as id, (array_agg(sender_id order by ord desc))[1] as sender_id,
                   min(untold_since) as untold_since,
                   min(told_at) is null or min(told_at) <= $2 or count(*) > count(keys) as is_due,
                   min(untold_since) is null and count(keys) <= {ChatLimits.ReactionChanges} as is_nameable,
                   count(*) = 1 as is_alone
              from passed group by conversation_id, target_sequence),
        totals as materialized (
            select conversation_id, target_sequence, key, sum(n)::bigint as n, sum(by) as by from (
                   select g.conversation_id, g.target_sequence, t.key, t.n, 0 as by from touched g
                    cross join lateral (
                          select key, n from reaction_totals where conversation_id = g.conversation_id
                             and target_sequence = g.target_sequence offset 0) t
                    union all select conversation_id, target_sequence, key, by, by from moved) x
             group by conversation_id, target_sequence, key),
        put as (
            insert into reactions (conversation_id, target_sequence, user_id, keys)
            select conversation_id, target_sequence, sender_id, wanted from passed where cardinality(wanted) > 0
            on conflict (conversation_id, target_sequence, user_id) do update set keys = excluded.keys),
        taken as (
            delete from reactions where ctid = any (array(select place from passed where keys = ''))),
        counted as (
            insert into reaction_totals (conversation_id, target_sequence, key, n)
            select conversation_id, target_sequence, key, n from totals where by <> 0 and n > 0
            on conflict (conversation_id, target_sequence, key) do update set n = excluded.n),
        emptied as (
            delete from reaction_totals where ctid = any (array(
                   select t.place from totals a
                    cross join lateral (
                          select ctid as place from reaction_totals where conversation_id = a.conversation_id
                             and target_sequence = a.target_sequence and key = a.key offset 0) t
                    where a.n <= 0)))
        """;
}
