namespace Chat.Server.Tasks;

/// <summary>How a task is to be run. What is left out has its default.</summary>
public sealed record TaskPlan
{
    internal static readonly TaskPlan Default = new();

    /// <summary>The queue, 1 to 64 letters, digits, dots, dashes or underscores. Default "default". One without a
    /// weight has weight 1.</summary>
    public string Queue { get; init; } = "default";

    /// <summary>The delay before it may run. Not together with <see cref="ProcessAt"/>.</summary>
    public TimeSpan? ProcessIn { get; init; }

    /// <summary>Not before then; what lies in the past is at once.</summary>
    public DateTimeOffset? ProcessAt { get; init; }

    /// <summary>How often it is tried again after a failure. Default 25; then it is archived.</summary>
    public int MaxRetry { get; init; } = 25;

    /// <summary>For this time, or until it is completed or archived, no other task of this type with the same payload
    /// is accepted. Default: none.</summary>
    public TimeSpan? UniqueFor { get; init; }

    /// <summary>In place of the payload: what makes it the same task. With <see cref="UniqueFor"/>.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>The unique key holds for the whole of <see cref="UniqueFor"/>, also after completion. Keep the row as
    /// long: <see cref="Retention"/>.</summary>
    public bool UniqueBeyondCompletion { get; init; }

    /// <summary>How long it is kept once it is completed, in whole seconds. Default: not at all.</summary>
    public TimeSpan Retention { get; init; }

    /// <summary>By then it must be done: its handler is cancelled, and it is archived. Default: none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Tasks of one group run one after the other, in the order in which they were enqueued; one that fails
    /// holds up those behind it until it is done or archived.</summary>
    public string? Group { get; init; }

    /// <summary>Who causes it. While tasks wait to be stored, owners are served in turn. Default: none, which is one
    /// owner for all such.</summary>
    internal string Owner { get; init; } = "";
}
