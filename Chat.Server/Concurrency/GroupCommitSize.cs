namespace Chat.Server.Concurrency;

/// <param name="Capacity">Most that wait, beside the batch under way.</param>
/// <param name="MaxBatch">Most in one batch.</param>
internal readonly record struct GroupCommitSize(int Capacity, int MaxBatch);
