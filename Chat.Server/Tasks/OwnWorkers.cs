namespace Chat.Server.Tasks;

/// <summary>Queues whose tasks take none of the shared workers, however slow they are.</summary>
/// <param name="Queues">How the names of these queues begin.</param>
/// <param name="Count">How many tasks of each such queue an instance runs at once.</param>
internal sealed record OwnWorkers(string Queues, int Count);
