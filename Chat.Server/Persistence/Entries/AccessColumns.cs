using System.Data.Common;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;

namespace Chat.Server.Persistence.Entries;

/// <summary>What both databases are asked about a user's access to a conversation.</summary>
internal static class AccessColumns
{
    /// <summary>Of tables <c>c</c> and <c>p</c>. Who was banned or muted until a time that is over is so no longer:
    /// takes no part, or is a member.</summary>
    /// <param name="now">The time of the database, as SQL.</param>
    public static string Select(string now) =>
        $"""
        c.kind, case when p.role_until is null or p.role_until > {now} then p.role when p.role = 3 then 0 end,
               c.last_sequence, p.role_until, p.role_reason, c.slow_mode_seconds, {IsBlocked("p.user_id")},
               c.is_archived
        """;

    /// <summary>Of tables <c>c</c> and <c>p</c>: whether this user may not write any more.</summary>
    /// <param name="user">The user, as SQL.</param>
    /// <param name="now">The time of the commit, as SQL.</param>
    /// <param name="slow">The seconds of slow mode that the message was checked for, as SQL.</param>
    /// <param name="archived">Whether the archive forbids it, as SQL.</param>
    public static string MayNotWrite(string user, string now, string slow, string archived = "c.is_archived") =>
        $"""
        ({archived} or case p.role
              when 1 then false when 4 then false
              when 2 then c.kind <> 2 or p.role_until is null or p.role_until > {now}
              when 3 then p.role_until is null or p.role_until > {now}
              else (p.role is null and c.kind <> 2)
                   or (c.slow_mode_seconds > 0 and c.slow_mode_seconds <> {slow}) end
            or {IsBlocked(user)})
        """;

    /// <summary>Whether the conversation <c>c</c> is direct and there is a block between this user and the other of
    /// the two.</summary>
    /// <param name="user">The user, as SQL.</param>
    public static string IsBlocked(string user) =>
        $"""
        (c.kind = 1 and exists (
            select 1 from participants o
              join user_blocks b on b.tenant = c.tenant and b.user_id = {user} and b.other_id = o.user_id
             where o.conversation_id = c.id and (b.blocks or b.is_blocked)))
        """;

    /// <param name="row">Where a statement that selects them stands.</param>
    /// <param name="first">The number of the first of them.</param>
    public static ConversationAccess Read<TDatabase>(DbDataReader row, int first)
        where TDatabase : struct, IColumnReader
    {
        var access = new ConversationAccess((ConversationKind)row.GetInt16(first),
            row.IsDBNull(first + 1) ? null : (ParticipantRole)row.GetInt16(first + 1), row.GetInt64(first + 2))
        {
            IsBlocked = row.GetBoolean(first + 6), IsArchived = row.GetBoolean(first + 7),
        };
        var slowSeconds = row.GetInt32(first + 5);
        if (slowSeconds > 0 && !access.May(ConversationAct.SendInSlowMode))
            access = access with { SlowSeconds = slowSeconds };
        return access.Role is not (ParticipantRole.Blocked or ParticipantRole.Readonly) ? access : access with
        {
            Until = row.IsDBNull(first + 3) ? null : TDatabase.ReadTime(row, first + 3),
            Reason = row.IsDBNull(first + 4) ? null : row.GetString(first + 4),
        };
    }
}
