using Chat.Server.Persistence.Rows;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>What messages in threads, those that mention somebody, edits and deletions bring with them: as on
/// PostgreSQL, one by one.</summary>
internal static class SqliteThreadSql
{
    public const string CountReply =
        """
        insert into threads (conversation_id, thread, replies, last_sequence)
        values ($conversation, $thread, 1, $sequence)
            on conflict (conversation_id, thread) do update
           set replies = replies + 1, last_sequence = excluded.last_sequence
        """;

    /// <summary>Where the message that is deleted is a reply.</summary>
    public const string UncountReply =
        """
        update threads set replies = replies - 1
         where conversation_id = $conversation
           and thread = (select thread from messages where conversation_id = $conversation and sequence = $sequence)
        """;

    /// <summary>Who replies.</summary>
    public const string Follow =
        """
        insert into thread_follows (conversation_id, user_id, thread, last_read_sequence, is_following)
        values ($conversation, $user, $thread, $sequence, 1)
            on conflict (conversation_id, user_id, thread) do update
           set last_read_sequence = excluded.last_read_sequence, unread_from = null, is_following = 1
         where not is_following
        """;

    /// <summary>Who wrote the first message.</summary>
    public const string FollowOwn =
        """
        insert into thread_follows (conversation_id, user_id, thread, last_read_sequence, is_following)
        select conversation_id, sender_id, sequence, sequence, 1 from messages
         where conversation_id = $conversation and sequence = $thread
            on conflict (conversation_id, user_id, thread) do nothing
        """;

    /// <summary>Of a message that is stored already; an edit names its message.</summary>
    public const string Mention =
        $"""
        insert into mentions (conversation_id, tenant, user_id, sequence, thread, created_at)
        select c.id, c.tenant, $user, m.sequence, m.thread, m.created_at
          from conversations c join messages m on m.conversation_id = c.id and m.sequence = $sequence
         where c.id = $conversation and ($user = '{MentionRow.Everyone}'
            or (exists (select 1 from participants p
                         where p.conversation_id = c.id and p.user_id = $user and p.role <> 2)
                and not exists (select 1 from user_blocks b
                                 where b.tenant = c.tenant and b.user_id = m.sender_id and b.other_id = $user
                                   and (b.blocks or b.is_blocked))))
        """;

    public const string Forget = "delete from mentions where conversation_id = $conversation and sequence = $sequence";

    /// <summary>Who was just mentioned in a thread.</summary>
    public const string FollowMentioned =
        """
        insert into thread_follows (conversation_id, user_id, thread, last_read_sequence, is_following)
        select conversation_id, user_id, thread, sequence - 1, 1 from mentions
         where conversation_id = $conversation and user_id = $user and sequence = $sequence
            on conflict (conversation_id, user_id, thread) do nothing
        """;
}
