namespace Chat.Server.Persistence.Entries;

/// <summary>How unread messages are counted, for both databases. All that is given is SQL: the conversation, the user,
/// the position, the newest entry that counts.</summary>
internal static class UnreadSql
{
    private static readonly string Most = $"{UnreadPlace.MostLookedAt}";

    private static readonly string Enough = $"{UnreadPlace.MostCounted + 1}";

    /// <summary>From the position on: how many of the next entries are unread.</summary>
    public static string CountOn(string conversation, string user, string after, string head) =>
        $"""
        select count(*) as n from (select 1 from (
               select * from messages e where e.conversation_id = {conversation} and e.sequence > {after}
                  and e.sequence <= {head} order by e.sequence limit {Most}) m
         where {IsUnread(user)} limit {Enough}) found
        """;

    /// <summary>From the newest shown entry back, by the links: how many are unread, and whether there are no others
    /// behind the position.</summary>
    public static string CountBack(string conversation, string user, string after, string head) =>
        $"""
        with recursive walk as (
          select coalesce(m.shown_before, m.sequence - 1) as before, case when m.is_shown then 1 else 0 end as looked,
                 case when {IsUnread(user)} then 1 else 0 end as n
            from messages m where m.conversation_id = {conversation} and m.sequence = {head}
          union all
          select coalesce(m.shown_before, m.sequence - 1), w.looked + 1,
                 w.n + case when {IsUnread(user)} then 1 else 0 end
            from walk w join messages m on m.conversation_id = {conversation} and m.sequence = w.before
           where w.before > {after} and w.looked < {Most} and w.n < {Enough})
        select coalesce(max(n), 0) as n, coalesce(min(before), 0) <= {after} as is_all from walk
        """;

    /// <summary>From the newest shown entry back, by the links, the same for all users: the entry, who sent it, the one
    /// before it, and whether it is a message that counts.</summary>
    public static string ReadBack(string conversation, string after, string head) =>
        $"""
        with recursive walk as (
          select {Looked}, 1 as looked
            from messages m where m.conversation_id = {conversation} and m.sequence = {head}
          union all
          select {Looked}, w.looked + 1
            from walk w join messages m on m.conversation_id = {conversation} and m.sequence = w.before
           where w.before > {after} and w.looked < {Most})
        select sequence, sender_id, before, counts from walk
        """;

    private static readonly string Looked =
        $"m.sequence, m.sender_id, coalesce(m.shown_before, m.sequence - 1) as before, "
            + $"case when {Counts} then 1 else 0 end as counts";

    /// <summary>Of an entry <c>m</c>.</summary>
    private static string Counts =>
        $"m.is_shown and m.kind = {KindSql.Message} and {ErasureSql.HasContent("m.")}";

    private static string IsUnread(string user) => $"{Counts} and m.sender_id <> {user}";
}
