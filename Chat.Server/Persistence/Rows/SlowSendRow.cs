using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>When a user sent last to a conversation in slow mode.</summary>
internal sealed class SlowSendRow
{
    public required ConversationId ConversationId { get; init; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset SentAt { get; set; }
}
