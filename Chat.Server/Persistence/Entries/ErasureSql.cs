namespace Chat.Server.Persistence.Entries;

/// <summary>How the content of messages is erased, for both databases. All that is given is SQL.</summary>
internal static class ErasureSql
{
    /// <summary>The value in place of a user's id: the content of everybody.</summary>
    public const string Everybody = "";

    /// <summary>The text, attachments and mentions of an entry, in its row.</summary>
    public const string Content = "message = '', attachment_url = null, attachment_meta = null, payload = null";

    /// <summary>Which task has a copy of a message: the one that brought it over REST, whose id it has.</summary>
    private const string SendTask = "chat.send";

    /// <summary>What such a task says once its message is erased, on PostgreSQL. Of its table <c>t</c>.</summary>
    public const string PostgresTask =
        """
        payload = convert_to((convert_from(t.payload, 'UTF8')::jsonb
            || jsonb_build_object('Body', null, 'Options', jsonb_build_object()))::text, 'UTF8')
        """;

    /// <summary>The same on SQLite.</summary>
    public const string SqliteTask =
        "payload = cast(json_set(cast(payload as text), '$.Body', null, '$.Options', json_object()) as blob)";

    /// <summary>Whether what erased the message of a state <c>s</c> has left some of its reactions: they are dropped
    /// later, and nobody is shown them. (What is untold has an entry that told before.)</summary>
    public const string HasLeft = "(s.untold_since is not null and s.reactions_sequence is null)";

    public const string IsSendTask = $"type = '{SendTask}'";

    /// <summary>Whether the row of a message or an edit has content, as <see cref="EntryContent"/> has it: what is sent
    /// has a text or an attachment, which in old logs may be metadata alone.</summary>
    /// <param name="row">The table, with a dot; empty: there is one.</param>
    public static string HasContent(string row = "") =>
        $"({row}message <> '' or {row}attachment_url is not null or {row}attachment_meta is not null)";

    /// <summary>Erases messages of a stretch with their edits, and what there is of them elsewhere: to be run one after
    /// the other, behind the lock of the conversation. What is erased already stays as it is. Some of very many
    /// reactions are left (<see cref="HasLeft"/>).</summary>
    /// <param name="conversation">Its id.</param>
    /// <param name="after">Behind this sequence.</param>
    /// <param name="upTo">Up to this one.</param>
    /// <param name="user">The user whose content it is, or <see cref="Everybody"/>.</param>
    /// <param name="kind">For which database.</param>
    public static IEnumerable<string> Statements(
        string conversation, string after, string upTo, string user, DatabaseKind kind)
    {
        var part = $"conversation_id = {conversation} and sequence > {after} and sequence <= {upTo}";
        var targets = $"conversation_id = {conversation} and target_sequence > {after} and target_sequence <= {upTo}";
        var whose = $"({user} = '{Everybody}' or sender_id = {user})";
        var replies = $"select 1 from messages m where m.{part} and {whose} and m.thread is not null "
            + $"and m.kind = {KindSql.Message} and {HasContent("m.")}";
        // Counted before they go.
        yield return
            $"""
            update threads set replies = replies - (select count(*) from ({replies} and m.thread = threads.thread) r)
             where conversation_id = {conversation}
               and thread in ({replies.Replace("select 1", "select m.thread", StringComparison.Ordinal)})
            """;
        // Why a message was deleted is a text of the one who says so.
        yield return
            $"""
            update messages set {Content}
             where {part} and {whose} and kind in ({KindSql.Message}, {KindSql.Deleted})
               and ({HasContent()} or payload is not null)
            """;
        yield return
            $"""
            update messages set {Content}
             where {targets} and {whose} and kind = {KindSql.Edited} and ({HasContent()} or payload is not null)
            """;
        yield return $"delete from mentions where {part} and {IsErased("mentions.sequence")}";
        // Before reactions are looked at: a transaction that sets some has the lock of this row.
        yield return
            $"""
            update message_states
               set pin_sequence = null, reactions_sequence = null, told_at = null, untold_since = null
             where {part} and (pin_sequence is not null or reactions_sequence is not null)
               and {IsErased("message_states.sequence")}
            """;
        var isPostgres = kind == DatabaseKind.Postgres;
        var key = isPostgres ? "ctid" : "conversation_id, target_sequence, user_id";
        var some = $"select {key} from reactions where {targets} and {IsErased("reactions.target_sequence")} "
            + $"limit {ReactionStore.DroppedAtOnce}";
        yield return isPostgres
            ? $"delete from reactions where ctid = any (array({some}))"
            : $"delete from reactions where ({key}) in ({some})";
        yield return
            $"""
            update message_states set untold_since = {(isPostgres ? "now()" : "0")}
             where {part} and reactions_sequence is null and untold_since is null
               and exists (select 1 from reactions r where r.conversation_id = {conversation}
                              and r.target_sequence = message_states.sequence)
               and {IsErased("message_states.sequence")}
            """;
        yield return $"delete from reaction_totals where {targets} and {IsErased("reaction_totals.target_sequence")}";
        yield return isPostgres
            ? $"update tasks t set {PostgresTask} from messages m where m.{part} and m.kind = {KindSql.Message} "
                + $"and {whose} and not {HasContent("m.")} and t.id = m.message_id and t.{IsSendTask}"
            : $"update tasks set {SqliteTask} where {IsSendTask} and id in (select message_id from messages "
                + $"where {part} and kind = {KindSql.Message} and {whose} and not {HasContent()})";

        string IsErased(string message) =>
            $"not exists (select 1 from messages m where m.conversation_id = {conversation} "
            + $"and m.sequence = {message} and {HasContent("m.")})";
    }
}
