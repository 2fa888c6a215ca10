using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The statements of reactions.</summary>
internal static class SqliteReactionSql
{
    /// <summary>A message, whether its content is gone, what the user has put to it, and what was told of
    /// it.</summary>
    public static readonly string Find =
        $"""
        select t.kind, coalesce(s.is_deleted, 0) or c.erased_sequence >= $target or not {ErasureSql.HasContent("t.")},
               r.keys, s.reactions_sequence, s.told_at, s.untold_since is not null
          from conversations c
          left join messages t on t.conversation_id = c.id and t.sequence = $target
          left join message_states s on s.conversation_id = c.id and s.sequence = $target
          left join reactions r on r.conversation_id = c.id and r.target_sequence = $target and r.user_id = $user
         where c.id = $conversation
        """;

    public const string Totals =
        "select key, n from reaction_totals where conversation_id = $conversation and target_sequence = $target";

    public const string Put =
        """
        insert into reactions (conversation_id, target_sequence, user_id, keys)
        values ($conversation, $target, $user, $keys)
            on conflict (conversation_id, target_sequence, user_id) do update set keys = excluded.keys
        """;

    public const string Take =
        "delete from reactions where conversation_id = $conversation and target_sequence = $target and user_id = $user";

    public const string Count =
        """
        insert into reaction_totals (conversation_id, target_sequence, key, n)
        values ($conversation, $target, $key, $n)
            on conflict (conversation_id, target_sequence, key) do update set n = excluded.n
        """;

    public const string Empty =
        "delete from reaction_totals where conversation_id = $conversation and target_sequence = $target "
            + "and key = $key";

    public const string NoteTold =
        """
        insert into message_states (conversation_id, sequence, version, reactions_sequence, told_at)
        values ($conversation, $target, $target, $sequence, $time)
            on conflict (conversation_id, sequence) do update
           set reactions_sequence = excluded.reactions_sequence, told_at = excluded.told_at, untold_since = null
        """;

    public const string NoteUntold =
        """
        update message_states set untold_since = $time
         where conversation_id = $conversation and sequence = $target and untold_since is null
        """;
}
