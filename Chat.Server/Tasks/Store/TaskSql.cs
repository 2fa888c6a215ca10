namespace Chat.Server.Tasks.Store;

/// <summary>Statements that the stores share.</summary>
internal static class TaskSql
{
    /// <summary>Keys that begin like this outlive the completion of their task, until their time is over.</summary>
    public const string LastingKey = "@";

    public const string Columns =
        "id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry, unique_key, unique_until, "
            + "group_key, deadline, retention_seconds";

    public const string ClaimedColumns =
        "number, id, queue, type, payload, enqueued_at, attempts, max_retry, deadline, retention_seconds, errors, "
            + "group_key, losses";

    /// <summary>One that is not behind another may have to wait all the same, for one before it or for a later one that
    /// runs already: its own transaction may have ended late, or it was archived and is run again. The first of a group
    /// and those that run are never behind, so only the few that are not have to be looked at.</summary>
    public const string IsFirstOfGroup =
        "(w.group_key is null or not exists (select 1 from tasks g where g.group_key = w.group_key "
            + "and g.is_behind = false and g.state <= 3 and g.number <> w.number "
            + "and (g.number < w.number or g.state = 3)))";

    /// <summary>Whether there is one of its group beside it that is not behind. Else all others of the group are, so
    /// that none is missing among those that follow.</summary>
    /// <remarks>No <c>exists</c>: where very many wait, PostgreSQL would make a join of it that walks through the
    /// groups of all of them.</remarks>
    public const string HasOtherInFront =
        "(select g.number from tasks g where g.group_key = head.group_key and g.is_behind = false and g.state <= 3 "
            + "and g.number <> head.number limit 1) is not null";

    public const string IsLastingKey = "unique_key like '@%'";
}
