using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The statements that an entry about users or settings brings with it. All parameters are
/// positional.</summary>
internal static class PostgresMembershipSql
{
    /// <summary>$1 conversation, $2 up to where the rights of its users are known. Fails with
    /// <see cref="PostgresSql.NotAllowed"/> where any of them was changed since.</summary>
    public static readonly string CheckRights =
        $"""
        select 1 / (sequence - sequence) from messages
         where conversation_id = $1 and sequence > $2 and kind in ({EntryContent.KindsOfRights}) limit 1
        """;

    /// <summary>$1 conversation, $2 users, $3 now, $4 whether bans are lifted. Their position is the entry that adds
    /// them, which is the last of its batch.</summary>
    public const string AddParticipants =
        """
        insert into participants as p (conversation_id, tenant, user_id, role, joined_at, last_read_sequence)
        select c.id, c.tenant, u.id, 0, $3, c.last_sequence
          from conversations c cross join unnest($2) as u(id) where c.id = $1
        on conflict (conversation_id, user_id) do update
           set role = 0, role_until = null, role_reason = null, joined_at = excluded.joined_at,
               last_read_sequence = excluded.last_read_sequence, unread_from = null
         where p.role = 2 and (p.role_until <= $3 or $4)
        """;

    /// <summary>$1 conversation, $2 user, who goes. One who is blocked stays listed: else the block would be gone. The
    /// entry is the last of its batch.</summary>
    public const string RemoveParticipant =
        """
        with gone as (
            delete from participants where conversation_id = $1 and user_id = $2 and role <> 2 returning 1)
        update conversations set removed_sequence = last_sequence where id = $1 and exists (select 1 from gone)
        """;

    /// <summary>$1 conversation, $2 user, whom somebody else removes, $3 now. Likewise.</summary>
    public const string PutOut =
        """
        with gone as (
            update participants set role = 2, role_until = $3, role_reason = null
             where conversation_id = $1 and user_id = $2 and role <> 2 returning 1)
        update conversations set removed_sequence = last_sequence where id = $1 and exists (select 1 from gone)
        """;

    /// <summary>$1 conversation, $2 user, $3 role, $4 when it ends, $5 why, $6 now. The entry is the last of its
    /// batch.</summary>
    public const string SetRole =
        """
        with changed as (
            insert into participants (conversation_id, tenant, user_id, role, role_until, role_reason, joined_at)
            select id, tenant, $2, $3, $4, $5, $6 from conversations where id = $1
            on conflict (conversation_id, user_id) do update
               set role = excluded.role, role_until = excluded.role_until, role_reason = excluded.role_reason)
        update conversations set removed_sequence = last_sequence where id = $1
        """;

    /// <summary>$1 conversation, $2 title, $3 topic, $4 address of the picture, each empty for none, $5 seconds of slow
    /// mode, $6 whether it is archived; null where it stays. The entry is the last of its batch.</summary>
    public const string ChangeConversation =
        """
        update conversations
           set title = case when $2 is null then title else nullif($2, '') end,
               topic = case when $3 is null then topic else nullif($3, '') end,
               avatar_url = case when $4 is null then avatar_url else nullif($4, '') end,
               removed_sequence = case when $5 is null and $6 is not true then removed_sequence else last_sequence end,
               slow_mode_seconds = coalesce($5, slow_mode_seconds), is_archived = coalesce($6, is_archived)
         where id = $1
        """;

    /// <summary>$1 the level that servers must have.</summary>
    public const string Require = "update deployment set requires = $1 where requires < $1";
}
