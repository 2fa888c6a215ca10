using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Server.Presence.Store;

/// <summary>Who shares a group or direct conversation with a user, in the order of their ids.</summary>
/// <remarks>Of each conversation only its first ones are read: the first of all are among them, and a conversation of
/// 100,000 costs no more than one of <c>limit</c>.</remarks>
internal static class ContactQuery
{
    public static FormattableString Of(DatabaseKind kind, UserKey user, int limit) =>
        kind == DatabaseKind.Postgres ? OfPostgres(user, limit) : OfSqlite(user, limit);

    private static FormattableString OfPostgres(UserKey user, int limit) =>
        $"""
        select distinct theirs.user_id as "Value"
          from participants mine
          join conversations c on c.id = mine.conversation_id and c.kind <> 2
         cross join lateral (
               select p.user_id from participants p
                where p.conversation_id = mine.conversation_id and p.user_id <> {user.Id.Value} and p.role <> 2
                order by p.user_id limit {limit}) theirs
         where mine.tenant = {user.Tenant.Name} and mine.user_id = {user.Id.Value} and mine.role <> 2
         order by "Value" limit {limit}
        """;

    // SQLite knows no lateral join, but a table-valued function may be given what the tables before it say.
    private static FormattableString OfSqlite(UserKey user, int limit) =>
        $"""
        select distinct theirs.value as "Value"
          from participants mine
          join conversations c on c.id = mine.conversation_id and c.kind <> 2
          join json_each((
               select json_group_array(user_id) from (
                      select p.user_id from participants p
                       where p.conversation_id = mine.conversation_id and p.user_id <> {user.Id.Value} and p.role <> 2
                       order by p.user_id limit {limit}))) theirs
         where mine.tenant = {user.Tenant.Name} and mine.user_id = {user.Id.Value} and mine.role <> 2
         order by "Value" limit {limit}
        """;
}
