using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The statement that messages in threads, those that mention somebody, edits and deletions bring with them.
/// It comes behind the append, in its transaction, and looks at what was stored: at most as many entries as the batch
/// has.</summary>
internal static class PostgresThreadSql
{
    /// <summary>$1 conversations, $2 how many drafts each has, $3 ids of messages and edits, $4 whom each mentions: of
    /// those named, only who takes part and has nothing against the sender.</summary>
    /// <remarks>
    /// <para>Counts replies, those that are deleted down. Stores mentions: an edit replaces those of its message, a
    /// deletion takes them. Lets follow who replies, whose first message is replied to, and who is mentioned in a
    /// thread: from the first of the batch that makes them, as if each message were stored alone. Who ceased to follow
    /// does so again by own replies.</para>
    /// <para>What a draft repeats was not appended by this transaction, and is not counted again. Entries are read from
    /// the end, and others one by one, so that no plan reads more of a log.</para>
    /// </remarks>
    public static readonly string Move =
        $"""
        with stored as materialized (
            select m.conversation_id, m.sequence, m.sender_id, m.thread, m.message_id, m.created_at, m.kind,
                   m.target_sequence
              from unnest($1, $2) as b(id, n)
              cross join lateral (
                select conversation_id, sequence, sender_id, thread, message_id, created_at, kind, target_sequence,
                       xmin as stored_by
                  from messages where conversation_id = b.id order by sequence desc limit b.n) m
             where m.stored_by = pg_current_xact_id()::xid),
        replies as materialized (select * from stored where thread is not null),
        changed as materialized (
            select s.kind, s.message_id, s.sender_id, t.*
              from stored s
              cross join lateral (
                select conversation_id, sequence, thread, created_at from messages
                 where conversation_id = s.conversation_id and sequence = s.target_sequence limit 1) t
             where s.kind in ({KindSql.Changes})),
        counted as (
            insert into threads as t (conversation_id, thread, replies, last_sequence)
            select conversation_id, thread, sum(n), max(sequence)
              from (select conversation_id, thread, sequence, 1 as n from replies
                    union all
                    select conversation_id, thread, sequence, -1 from changed
                     where kind = {KindSql.Deleted} and thread is not null) d
             group by conversation_id, thread
            on conflict (conversation_id, thread) do update
               set replies = t.replies + excluded.replies,
                   last_sequence = greatest(t.last_sequence, excluded.last_sequence)),
        forgotten as (
            delete from mentions m using changed c
             where m.conversation_id = c.conversation_id and m.sequence = c.sequence
               and not exists (select 1 from unnest($3, $4) as d(message_id, user_id)
                                where d.message_id = c.message_id and d.user_id = m.user_id)),
        said as (
            select conversation_id, sequence, thread, created_at, sender_id, message_id, kind from stored
             where kind = {KindSql.Message}
            union all
            select conversation_id, sequence, thread, created_at, sender_id, message_id, kind from changed
             where kind = {KindSql.Edited}),
        named as (
            insert into mentions (conversation_id, tenant, user_id, sequence, thread, created_at)
            select s.conversation_id, c.tenant, d.user_id, s.sequence, s.thread, s.created_at
              from unnest($3, $4) as d(message_id, user_id)
              join said s on s.message_id = d.message_id
              join conversations c on c.id = s.conversation_id
             where d.user_id = '{MentionRow.Everyone}'
                or (exists (select 1 from participants p
                             where p.conversation_id = c.id and p.user_id = d.user_id and p.role <> 2)
                    and not exists (select 1 from user_blocks b
                                     where b.tenant = c.tenant and b.user_id = s.sender_id and b.other_id = d.user_id
                                       and (b.blocks or b.is_blocked)))
            on conflict (conversation_id, user_id, sequence) do nothing
            returning conversation_id, user_id, sequence, thread),
        again as (
            update thread_follows f set is_following = true, last_read_sequence = r.sequence, unread_from = null
              from (select conversation_id, sender_id, thread, min(sequence) as sequence from replies
                     group by conversation_id, sender_id, thread) r
             where f.conversation_id = r.conversation_id and f.user_id = r.sender_id and f.thread = r.thread
               and not f.is_following),
        made as (
            select conversation_id, sender_id as user_id, thread, sequence as made_by, 1 as nth, sequence as begins
              from replies
            union all
            select r.conversation_id, m.sender_id, r.thread, r.made_by, 2, r.thread
              from (select conversation_id, thread, min(sequence) as made_by from replies
                     group by conversation_id, thread) r
              cross join lateral (
                select sender_id from messages
                 where conversation_id = r.conversation_id and sequence = r.thread limit 1) m
            union all
            select n.conversation_id, n.user_id, n.thread, n.sequence, 3, n.sequence - 1
              from named n join replies r on r.conversation_id = n.conversation_id and r.sequence = n.sequence
             where n.user_id <> '{MentionRow.Everyone}')
        insert into thread_follows (conversation_id, user_id, thread, last_read_sequence, is_following)
        select distinct on (conversation_id, user_id, thread) conversation_id, user_id, thread, begins, true
          from made order by conversation_id, user_id, thread, made_by, nth
        on conflict (conversation_id, user_id, thread) do nothing
        """;
}
