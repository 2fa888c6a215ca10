using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The parts of statements that change messages, and erase them.</summary>
internal static class AmendmentSql
{
    /// <summary>Of a draft <c>d</c>: a row where it is not to be stored. Its sequence is 0 where the message is gone,
    /// <see cref="TooMany"/> where it cannot be pinned too, the negative version where that is another one, and else
    /// that of the entry that has done the same before.</summary>
    /// <remarks>A draft that names a message was checked to name one: place, kind, author and time never
    /// change.</remarks>
    public static readonly string Decide =
        $"""
        select case x.verdict when 'gone' then 0 when 'many' then {TooMany}
                              when 'conflict' then -e.sequence else e.sequence end as sequence,
                      coalesce(e.created_at, c.created_at) as at, coalesce(e.message_id, d.message_id) as id
                 from conversations c
                 left join messages t on t.conversation_id = d.conversation_id and t.sequence = d.target_sequence
                 left join message_states s on s.conversation_id = d.conversation_id and s.sequence = d.target_sequence
                 left join messages e on e.conversation_id = d.conversation_id
                      and e.sequence = coalesce(
                          case when d.kind in ({KindSql.Pins}) then s.pin_sequence else s.version end,
                          d.target_sequence)
                cross join lateral (select case
                      when t.kind is distinct from {KindSql.Message} then 'gone'
                      when s.is_deleted and d.kind = {KindSql.Deleted} then 'done'
                      when s.is_deleted or c.erased_sequence >= d.target_sequence
                           or not {ErasureSql.HasContent("t.")} then 'gone'
                      when d.kind = {KindSql.Edited} and e.message = d.message
                           and e.attachment_url is not distinct from d.attachment_url
                           and e.attachment_meta is not distinct from d.attachment_meta
                           and e.payload is not distinct from d.payload then 'done'
                      when d.kind = {KindSql.Pinned} and s.pin_sequence is not null
                           or d.kind = {KindSql.Unpinned} and s.pin_sequence is null then 'done'
                      when d.kind = {KindSql.Pinned} and d.nth_pin + (
                           select count(*) from message_states p
                            where p.conversation_id = d.conversation_id and p.pin_sequence is not null)
                           > {ChatLimits.Pins} then 'many'
                      when d.if_version <> e.sequence then 'conflict' end as verdict) x
                where c.id = d.conversation_id and d.kind in ({KindSql.Changes}, {KindSql.Pins})
                  and x.verdict is not null
        """;

    /// <summary>In place of a sequence: as many messages are pinned as may be.</summary>
    public const long TooMany = long.MinValue + 1;

    /// <summary>Of the rows <c>fresh</c>: what has become of the messages that they change.</summary>
    public static readonly string NoteStates =
        $"""
        states as (
            insert into message_states as s (conversation_id, sequence, version, is_deleted)
            select c.id, d.target_sequence, c.last_sequence + d.rn, d.kind = {KindSql.Deleted}
              from fresh d join conversations c on c.id = d.conversation_id
             where d.kind in ({KindSql.Changes})
            on conflict (conversation_id, sequence) do update
               set version = excluded.version, is_deleted = excluded.is_deleted,
                   pin_sequence = case when excluded.is_deleted then null else s.pin_sequence end,
                   reactions_sequence = case when excluded.is_deleted then null else s.reactions_sequence end,
                   told_at = case when excluded.is_deleted then null else s.told_at end,
                   untold_since = case when excluded.is_deleted then null else s.untold_since end),
        """;

    /// <summary>Of the rows <c>fresh</c>: what is pinned, and what is so no longer.</summary>
    public static readonly string NotePins =
        $"""
        pins as (
            insert into message_states as s (conversation_id, sequence, version, pin_sequence)
            select c.id, d.target_sequence, d.target_sequence,
                   case when d.kind = {KindSql.Pinned} then c.last_sequence + d.rn end
              from fresh d join conversations c on c.id = d.conversation_id
             where d.kind in ({KindSql.Pins})
            on conflict (conversation_id, sequence) do update set pin_sequence = excluded.pin_sequence),
        """;

    /// <summary>$1 conversation, $2 a message. Erases its content where it is deleted now.</summary>
    public const string EraseMessage = $"{Erase} and sequence = $2";

    /// <summary>The same for its edits.</summary>
    public static readonly string EraseEdits = $"{Erase} and target_sequence = $2 and kind = {KindSql.Edited}";

    /// <summary>The same in what is kept, for a while, of a message that came over REST: its task has the message's
    /// id.</summary>
    public const string EraseTask =
        $"""
        update tasks t set {ErasureSql.PostgresTask}
          from messages m
          join message_states s on s.conversation_id = m.conversation_id and s.sequence = m.sequence
         where m.conversation_id = $1 and m.sequence = $2 and s.is_deleted
           and t.id = m.message_id and t.{ErasureSql.IsSendTask}
        """;

    private const string Erase =
        $"""
        update messages set {ErasureSql.Content}
         where exists (select 1 from message_states s
                        where s.conversation_id = $1 and s.sequence = $2 and s.is_deleted)
           and conversation_id = $1
        """;
}
