using Chat.Contracts.Entries;
using Chat.Contracts.Rules;

namespace Chat.Server.Persistence.Entries;

/// <summary>Pages of users' conversations, for both databases: each is one statement.</summary>
internal static class ListSql
{
    // One more than a preview may have, so that it is seen that something was left out. Long texts are cut by the
    // database: a list of large messages would be megabytes of which little is shown. It counts code points, which are
    // never more than the units of a preview.
    public const int TextRead = EntryPreview.TextUnits + 1, MetaRead = EntryPreview.MetaUnits + 1;

    private const string ActiveAt = "coalesce(c.last_shown_at, c.last_entry_at, c.created_at)";

    /// <summary>$1 the user, $2 the tenant, $3 and $4 time and id that the page comes behind, $3 null for the first
    /// page, $5 how many at most, $6 now, $7 the lobby's id. Answers rows for <see cref="ListColumns"/>, at least one;
    /// where the user takes part in more than <see cref="ListQuery.MostSorted"/> only that this is so.</summary>
    /// <param name="hasLobby">Everybody of its tenant belongs to the lobby, who has marked nothing in it too, and who
    /// was banned from it until a time that is over.</param>
    /// <param name="only">Of the participants <c>p</c>: which conversations are looked at, as SQL.</param>
    public static string Page(bool hasLobby, string only = "true") =>
        $"""
        with parts as materialized (
            select p.conversation_id, p.last_read_sequence, p.unread_from, p.is_muted from participants p
             where p.tenant = $2 and p.user_id = $1 and p.role <> {(int)ParticipantRole.Blocked} and {only}
               and {(hasLobby ? "true" : "p.conversation_id <> $7")} limit {ListQuery.MostSorted + 1}),
        own as (
            select conversation_id, last_read_sequence, unread_from, is_muted from parts
             where (select count(*) from parts) <= {ListQuery.MostSorted}
            union all
            select $7, 0, null, false from (select 1) one
             where {(hasLobby ? "true" : "false")} and not exists (
                   select 1 from participants p where p.conversation_id = $7 and p.user_id = $1
                      and (p.role <> {(int)ParticipantRole.Blocked} or p.role_until is null or p.role_until > $6))),
        page as materialized (
            select c.id, c.kind, c.title, c.created_at, c.last_sequence, c.topic, c.avatar_url, c.is_archived,
                   {ActiveAt} as active_at, o.last_read_sequence as last_read, o.unread_from, o.is_muted,
                   case when o.unread_from < o.last_read_sequence then o.unread_from
                        else o.last_read_sequence end as position,
                   case when c.last_shown_sequence = 0 then c.last_sequence
                        else c.last_shown_sequence end as shown
              from own o join conversations c on c.id = o.conversation_id and c.tenant = $2
             where $3 is null or {ActiveAt} < $3 or ({ActiveAt} = $3 and c.id < $4)
             order by 9 desc, 1 desc limit $5),
        counted as materialized (
            select {EntryColumns.ReadOf("n.")}, g.id, g.kind as c_kind, g.title, g.created_at as c_created_at,
                   g.last_sequence, g.topic, g.avatar_url, g.is_archived, g.active_at, g.last_read, g.unread_from,
                   g.is_muted, g.position, n.sequence as shown, case when g.position < n.sequence
                       and (g.kind <> {(int)ConversationKind.Public} or g.last_read > 0)
                   then ({UnreadSql.CountOn("g.id", "$1", "g.position", "n.sequence")}) end as found
              from page g
              left join ({Newest}) n on n.conversation_id = g.id and n.sequence = g.shown)
        select {EntryColumns.ReadOf("g.")}, g.id, g.c_kind, g.title, g.c_created_at, g.last_sequence, g.topic,
               g.avatar_url, g.is_archived, g.active_at, g.last_read, g.unread_from, g.is_muted, g.position, g.found,
               case when g.found <= {UnreadPlace.MostCounted} and g.shown - g.position > {UnreadPlace.MostLookedAt}
                    then (select case when b.is_all then b.n else -1 - b.n end
                            from ({UnreadSql.CountBack("g.id", "$1", "g.position", "g.shown")}) b) end,
               (select count(*) from parts)
          from (select 1) one left join counted g on true
         order by g.active_at desc, g.id desc
        """;

    /// <summary>Entries, with what the newest edit says in place of what the entry said.</summary>
    private static string Newest =>
        $"""
        select m.conversation_id, m.sequence, m.created_at, m.message_id, m.sender_id, m.kind,
                     substr(case when e.sequence is null then m.message else e.message end, 1, {TextRead}) as message,
                     m.msg_type,
                     case when e.sequence is null then m.attachment_url else e.attachment_url end as attachment_url,
                     substr(case when e.sequence is null then m.attachment_meta else e.attachment_meta end, 1,
                            {MetaRead}) as attachment_meta,
                     m.dedupe_key, m.target_sequence,
                     case when e.sequence is null then m.payload else e.payload end as payload, m.reply_to, m.thread,
                     m.is_shown
                from messages m
                left join message_states s on s.conversation_id = m.conversation_id and s.sequence = m.sequence
                left join messages e on e.conversation_id = s.conversation_id and e.sequence = s.version
                      and e.kind = {KindSql.Edited}
        """;
}
