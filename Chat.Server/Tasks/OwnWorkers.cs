namespace Chat.Server.Tasks;

/// <summary>Queues with their own workers, so that slow tasks do not occupy the shared ones.</summary>
/// <param name="Queues">The prefix of these queues' names.</param>
/// <param name="Count">Number of tasks per such queue that an instance runs at once.</param>
internal sealed record OwnWorkers(string Queues, int Count);
