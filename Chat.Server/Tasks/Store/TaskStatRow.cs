namespace Chat.Server.Tasks.Store;

/// <summary>What was done of a queue in one minute, by all instances.</summary>
internal sealed class TaskStatRow
{
    public required string Queue { get; init; }

    /// <summary>Minutes since 1970.</summary>
    public required long Minute { get; init; }

    public long Processed { get; set; }

    public long Failed { get; set; }
}
