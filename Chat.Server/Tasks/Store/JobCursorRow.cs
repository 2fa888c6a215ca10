namespace Chat.Server.Tasks.Store;

/// <summary>How far a job has come that works its way through a log.</summary>
internal sealed class JobCursorRow
{
    /// <summary>The job, and what it works on.</summary>
    public required string Name { get; init; }

    public long Position { get; set; }
}
