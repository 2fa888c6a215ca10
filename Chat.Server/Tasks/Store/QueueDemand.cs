namespace Chat.Server.Tasks.Store;

/// <summary>So many tasks of a queue. Of a group this is one.</summary>
internal readonly record struct QueueDemand(string Queue, int Limit)
{
    /// <summary>How many of a group that is begun, at most: they are the worker's to do in their order. Default
    /// 1.</summary>
    public int OfGroup { get; init; } = 1;
}
