namespace Chat.Tests.Integration.Outboxes;

public sealed class Order
{
    public required Guid Id { get; init; }
}
