using System.Globalization;

namespace Chat.Server.Persistence.Entries;

/// <summary>What is read of each of some threads: so many small looks by an index, in one statement. {0} is the
/// conversation.</summary>
internal static class ThreadReads
{
    /// <summary>Replies whose senders are named, from the newest back.</summary>
    private const int Newest = 20;

    /// <summary>The senders of its newest replies.</summary>
    public static string People(long thread) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        select * from (select thread as "Thread", sequence as "Sequence", sender_id as "UserId" from messages
         where conversation_id = {0} and thread = {{thread}} order by sequence desc limit {{Newest}}) p{{thread}}
        """);

    /// <summary>How many replies somebody else has sent behind a position, and how many were looked at; {1} is the
    /// user.</summary>
    public static string Unread(long thread, long after) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        select * from (select cast({{thread}} as bigint) as "Thread", cast(count(*) as bigint) as "Looked",
               cast(coalesce(sum(case when sender_id <> {1} and not is_shown
                    and {{ErasureSql.HasContent()}} then 1 else 0 end), 0) as bigint) as "Found"
          from (select sender_id, is_shown, message, attachment_url, attachment_meta from messages
                 where conversation_id = {0} and thread = {{thread}} and sequence > {{after}}
                 order by sequence limit {{UnreadPlace.MostLookedAt}}) m{{thread}}) u{{thread}}
        """);
}
