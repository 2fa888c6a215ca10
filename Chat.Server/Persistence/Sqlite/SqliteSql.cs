using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Sqlite;

internal static class SqliteSql
{
    public const string FindConversation =
        "select last_sequence, last_entry_at, removed_sequence from conversations where id = $conversation";

    public const string ReadHead =
        "select last_sequence, erased_sequence, last_entry_at from conversations where id = $conversation";

    public const string FindAccess =
        """
        select c.kind, p.role, c.last_sequence from conversations c
          left join participants p on p.conversation_id = c.id and p.user_id = $user
         where c.id = $conversation and c.tenant = $tenant
        """;

    public const string FindDuplicate =
        "select sequence, created_at, message_id from messages where conversation_id = $conversation and sender_id = "
            + "$sender and dedupe_key = $key";

    public static readonly string Insert =
        $"""
        insert into messages (conversation_id, sequence, created_at, dedupe_key, {EntryColumns.Names()})
        values ($conversation, $sequence, $time, $key, {EntryColumns.Names("$")})
        """;

    public const string Advance =
        "update conversations set last_sequence = $sequence, last_entry_at = $time where id = $conversation";

    public const string AddParticipant =
        "insert into participants (conversation_id, tenant, user_id, role, joined_at) select id, tenant, $user, 0, "
            + "$time from conversations where id = $conversation on conflict do nothing";

    public const string RemoveParticipant =
        """
        delete from participants where conversation_id = $conversation and user_id = $user and role <> 2;
        update conversations set removed_sequence = $sequence where id = $conversation and changes() > 0
        """;

    public const string TakesPart =
        "select 1 from participants where conversation_id = $conversation and user_id = $user and role <> 2";

    public const string Rename = "update conversations set title = $title where id = $conversation";

    /// <summary>From the newest back, so that the reader can stop where the entries are too old.</summary>
    public const string ReadIdsBack =
        "select message_id, sequence, created_at from messages where conversation_id = $conversation order by "
            + "sequence desc";

    private const string Read = $"select {EntryColumns.Read}, {EntryColumns.Size} from messages";

    public const string ReadAfter =
        $"{Read} where conversation_id = $conversation and sequence > $position order by sequence limit $limit";

    public const string ReadBefore =
        $"{Read} where conversation_id = $conversation and sequence < $position order by sequence desc limit $limit";

    public const string ReadMessagesAfter = $"{ReadMessages} order by sequence limit $limit offset $offset";

    public const string ReadMessagesBefore = $"{ReadMessages} order by sequence desc limit $limit offset $offset";

    private const string ReadMessages =
        $"{Read} where conversation_id = $conversation and kind = 0 and sequence > $after and sequence < $before";
}
