using Chat.Contracts.Identifiers;

namespace Chat.Server.Outbox.Store;

/// <summary>A message that waits in the application's own database.</summary>
internal sealed class OutboxRow
{
    /// <summary>Rises with every row: the order in which they are sent.</summary>
    public long Number { get; init; }

    /// <summary>The id of the message. Made when it was put here, so that it is the same however often it is
    /// tried.</summary>
    public required Guid Id { get; init; }

    /// <summary>The process that put it here, and that sends it at once. Others do when it gets old.</summary>
    public required Guid Process { get; init; }

    public required string Tenant { get; init; }

    public required Guid ConversationId { get; init; }

    public required string SenderId { get; init; }

    public string? Body { get; init; }

    /// <summary>The rest of the message, as JSON; null: there is none.</summary>
    public string? Options { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Why it was refused for good; null: it was not. Behind it nothing of its conversation is sent.</summary>
    public string? Error { get; init; }

    public ConversationId Conversation => new(ConversationId);
}
