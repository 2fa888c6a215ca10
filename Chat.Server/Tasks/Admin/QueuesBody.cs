namespace Chat.Server.Tasks.Admin;

/// <param name="Now">The server's time, to count from.</param>
/// <param name="From">The first minute of the series.</param>
internal sealed record QueuesBody(DateTimeOffset Now, DateTimeOffset From, List<QueueBody> Queues);
