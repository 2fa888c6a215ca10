namespace Chat.Server.Tasks;

/// <summary>The circumstances of one attempt.</summary>
/// <param name="Id">Of the task: the same on every attempt, so good as a dedupe key.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="MaxRetry">How many may follow the first.</param>
/// <param name="EnqueuedAt">Since when it waits.</param>
public sealed record TaskRun(Guid Id, int Attempt, int MaxRetry, DateTimeOffset EnqueuedAt)
{
    /// <summary>Its turn in its group.</summary>
    internal TaskTurn Turn { get; init; } = new(null);
}
