namespace Chat.Server.Tasks.Store;

/// <summary>A queue that was ever used.</summary>
internal sealed class TaskQueueRow
{
    public required string Name { get; init; }

    public bool IsPaused { get; set; }
}
