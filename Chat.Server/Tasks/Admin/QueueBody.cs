namespace Chat.Server.Tasks.Admin;

/// <param name="Counts">Tasks by state.</param>
/// <param name="LatencySeconds">How long the oldest due task has been waiting; 0 when none is.</param>
/// <param name="Processed">Attempts of each of the last 60 minutes, the present one last.</param>
/// <param name="Failed">Those of them that failed.</param>
internal sealed record QueueBody(
    string Name, int Weight, bool Paused, Dictionary<string, long> Counts, double LatencySeconds, long[] Processed,
    long[] Failed);
