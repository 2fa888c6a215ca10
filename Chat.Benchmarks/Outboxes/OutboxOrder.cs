namespace Chat.Benchmarks.Outboxes;

/// <summary>What a transaction of the application is about; its message has the id as its text.</summary>
internal sealed class OutboxOrder
{
    public required Guid Id { get; init; }
}
