namespace Chat.Server.Tasks.Store;

/// <summary>So many tasks of a queue.</summary>
internal readonly record struct QueueDemand(string Queue, int Limit);
