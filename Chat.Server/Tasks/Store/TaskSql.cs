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
        "number, id, queue, type, payload, enqueued_at, attempts, max_retry, deadline, retention_seconds, errors";

    /// <summary>A task of a group waits for those before it, and for a later one that runs already: its own transaction
    /// may have ended late, or it was archived and is run again.</summary>
    public const string IsFirstOfGroup =
        "(w.group_key is null or not exists (select 1 from tasks g where g.group_key = w.group_key and g.state <= 3 "
            + "and (g.number < w.number or g.state = 3)))";

    public const string IsLastingKey = "unique_key like '@%'";
}
