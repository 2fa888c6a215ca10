using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Sqlite;

internal static class SqliteSql
{
    public const string FindConversation =
        "select last_sequence, last_entry_at, removed_sequence, last_shown_sequence, last_shown_at from conversations "
            + "where id = $conversation";

    public const string ReadHead =
        "select last_sequence, erased_sequence, last_entry_at from conversations where id = $conversation";

    /// <summary>The time of the database, as a column has it.</summary>
    public const string Now = "cast(unixepoch('subsec') * 1000000 as integer)";

    public static readonly string FindAccess =
        $"""
        select {AccessColumns.Select(Now)} from conversations c
          left join participants p on p.conversation_id = c.id and p.user_id = $user
         where c.id = $conversation and c.tenant = $tenant
        """;

    public const string FindDuplicate =
        "select sequence, created_at, message_id, kind, target_sequence from messages "
            + "where conversation_id = $conversation and sender_id = $sender and dedupe_key = $key";

    public static readonly string Insert =
        $"""
        insert into messages (conversation_id, sequence, created_at, dedupe_key, shown_before, {EntryColumns.Names()})
        values ($conversation, $sequence, $time, $key, $shown_before, {EntryColumns.Names("$")})
        """;

    public const string Advance =
        "update conversations set last_sequence = $sequence, last_entry_at = $time, last_shown_sequence = $shown, "
            + "last_shown_at = $shown_at where id = $conversation";

    public const string AddParticipant =
        """
        insert into participants (conversation_id, tenant, user_id, role, joined_at, last_read_sequence)
        select id, tenant, $user, 0, $time, $sequence from conversations where id = $conversation
            on conflict (conversation_id, user_id) do update
           set role = 0, role_until = null, role_reason = null, joined_at = excluded.joined_at,
               last_read_sequence = excluded.last_read_sequence, unread_from = null
         where role = 2 and (role_until <= $time or $lifts)
        """;

    /// <summary>The user goes. One who is blocked stays listed.</summary>
    public const string RemoveParticipant =
        """
        delete from participants where conversation_id = $conversation and user_id = $user and role <> 2;
        update conversations set removed_sequence = $sequence where id = $conversation and changes() > 0
        """;

    /// <summary>Somebody else removes the user. Likewise.</summary>
    public const string PutOut =
        """
        update participants set role = 2, role_until = $time, role_reason = null
         where conversation_id = $conversation and user_id = $user and role <> 2;
        update conversations set removed_sequence = $sequence where id = $conversation and changes() > 0
        """;

    public const string SetRole =
        """
        insert into participants (conversation_id, tenant, user_id, role, role_until, role_reason, joined_at)
        select id, tenant, $user, $role, $until, $reason, $time from conversations where id = $conversation
            on conflict (conversation_id, user_id) do update
           set role = excluded.role, role_until = excluded.role_until, role_reason = excluded.role_reason;
        update conversations set removed_sequence = $sequence where id = $conversation
        """;

    public const string ChangeConversation =
        """
        update conversations
           set title = case when $title is null then title else nullif($title, '') end,
               topic = case when $topic is null then topic else nullif($topic, '') end,
               avatar_url = case when $avatar is null then avatar_url else nullif($avatar, '') end,
               removed_sequence = case when $seconds is null and $archived is not 1 then removed_sequence
                                       else $sequence end,
               slow_mode_seconds = coalesce($seconds, slow_mode_seconds),
               is_archived = coalesce($archived, is_archived)
         where id = $conversation
        """;

    /// <summary>A row where anybody's right was changed since it was read.</summary>
    public static readonly string FindChangeOfRights =
        $"""
        select 1 from messages where conversation_id = $conversation and sequence > $sequence
            and kind in ({EntryContent.KindsOfRights}) limit 1
        """;

    /// <summary>Where somebody's right was taken since the sender's was read: a row unless the sender may
    /// write.</summary>
    public static readonly string FindRefusal =
        $"""
        select 1 from conversations c
          left join participants p on p.conversation_id = c.id and p.user_id = $user
         where c.id = $conversation
           and {AccessColumns.MayNotWrite(
               "$user", "$time", "coalesce($slow, c.slow_mode_seconds)", "(c.is_archived and not $deletes)")}
        """;

    public const string FindSlowSend =
        "select sent_at from slow_sends where conversation_id = $conversation and user_id = $user";

    public const string NoteSlowSend =
        """
        insert into slow_sends (conversation_id, user_id, sent_at) values ($conversation, $user, $time)
            on conflict (conversation_id, user_id) do update set sent_at = excluded.sent_at
        """;

    public const string Require = "update deployment set requires = $level where requires < $level";

    /// <summary>From the newest back, so that the reader can stop where the entries are too old.</summary>
    public const string ReadIdsBack =
        "select message_id, sequence, created_at from messages where conversation_id = $conversation order by "
            + "sequence desc";

    /// <summary>A message, its state and what it says now.</summary>
    public static readonly string FindState =
        $"""
        select t.kind, coalesce(s.is_deleted, 0), c.erased_sequence >= $target or not {ErasureSql.HasContent("t.")},
               e.sequence, e.created_at, e.message_id, e.message, e.attachment_url, e.attachment_meta, e.payload
          from conversations c
          left join messages t on t.conversation_id = c.id and t.sequence = $target
          left join message_states s on s.conversation_id = c.id and s.sequence = $target
          left join messages e on e.conversation_id = c.id and e.sequence = coalesce(s.version, $target)
         where c.id = $conversation
        """;

    /// <summary>The message with whether it is erased, whether it is pinned, and the entry that made it so: where it is
    /// not pinned, the message.</summary>
    public static readonly string FindPin =
        $"""
        select t.kind, coalesce(s.is_deleted, 0) or c.erased_sequence >= $target or not {ErasureSql.HasContent("t.")},
               s.pin_sequence is not null, e.sequence, e.created_at, e.message_id
          from conversations c
          join messages t on t.conversation_id = c.id and t.sequence = $target
          left join message_states s on s.conversation_id = c.id and s.sequence = $target
          join messages e on e.conversation_id = c.id and e.sequence = coalesce(s.pin_sequence, $target)
         where c.id = $conversation
        """;

    public const string CountPins =
        "select count(*) from message_states where conversation_id = $conversation and pin_sequence is not null";

    public const string NotePin =
        """
        insert into message_states (conversation_id, sequence, version, pin_sequence)
        values ($conversation, $target, $target, $pin)
            on conflict (conversation_id, sequence) do update set pin_sequence = excluded.pin_sequence
        """;

    public const string NoteState =
        """
        insert into message_states (conversation_id, sequence, version, is_deleted)
        values ($conversation, $target, $version, $deleted)
            on conflict (conversation_id, sequence) do update
           set version = excluded.version, is_deleted = excluded.is_deleted,
               pin_sequence = case when excluded.is_deleted then null else pin_sequence end,
               reactions_sequence = case when excluded.is_deleted then null else reactions_sequence end,
               told_at = case when excluded.is_deleted then null else told_at end,
               untold_since = case when excluded.is_deleted then null else untold_since end
        """;

    /// <summary>The message and its edits, and what is kept for a while of one that came over REST: its task has the
    /// message's id.</summary>
    public static readonly string EraseMessage =
        $"""
        update messages set {ErasureSql.Content}
         where conversation_id = $conversation and sequence = $target;
        update messages set {ErasureSql.Content}
         where conversation_id = $conversation and target_sequence = $target and kind = {KindSql.Edited};
        update tasks set {ErasureSql.SqliteTask}
         where {ErasureSql.IsSendTask} and id = (
               select message_id from messages where conversation_id = $conversation and sequence = $target);
        delete from reaction_totals where conversation_id = $conversation and target_sequence = $target;
        delete from reactions where conversation_id = $conversation and target_sequence = $target and user_id in (
               select user_id from reactions where conversation_id = $conversation and target_sequence = $target
                limit {ReactionStore.DroppedAtOnce});
        update message_states set untold_since = 0
         where conversation_id = $conversation and sequence = $target and changes() = {ReactionStore.DroppedAtOnce}
        """;

    /// <summary>The message, its edits and its deletion, each found by its own index.</summary>
    public static readonly string ReadVersions =
        $"""
        select * from (
            {Read} where conversation_id = $conversation and sequence = $target and sequence > $after
            union all
            select * from ({Read} where conversation_id = $conversation and target_sequence = $target
                and kind in ({KindSql.Changes}) and sequence > $after and sequence <= $upto
                order by sequence limit $limit))
         order by sequence limit $limit
        """;

    /// <summary>The message, and the entry that has its content now.</summary>
    public const string ReadMessage =
        $"""
        {Read} where conversation_id = $conversation and sequence in ($target, (
            select s.version from message_states s where s.conversation_id = $conversation and s.sequence = $target))
         order by sequence
        """;

    private const string Read = $"select {EntryColumns.Read}, {EntryColumns.Size} from messages";

    public const string ReadAfter =
        $"{Read} where conversation_id = $conversation and sequence > $position order by sequence limit $limit";

    public const string ReadBefore =
        $"{Read} where conversation_id = $conversation and sequence < $position order by sequence desc limit $limit";

    /// <summary>Messages as they are now.</summary>
    public static readonly string ReadMessagesAfter = ReadMessages("");

    /// <summary>As <see cref="ReadMessagesAfter"/>, from the newest back.</summary>
    public static readonly string ReadMessagesBefore = ReadMessages(" desc");

    private static string ReadMessages(string order) =>
        $"""
        select {FoldedSql.Read} from (
            select * from messages where conversation_id = $conversation and kind = {KindSql.Message}
               and sequence > $after and sequence < $before and {ErasureSql.HasContent()}
             order by sequence{order} limit $limit offset $offset) m
          left join message_states s on s.conversation_id = $conversation and s.sequence = m.sequence
               and s.version > s.sequence
          left join messages e on e.conversation_id = $conversation and e.sequence = s.version
         where {FoldedSql.HasContent} order by m.sequence{order}
        """;
}
