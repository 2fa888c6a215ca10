using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>A conversation on the way to a page of a list.</summary>
internal sealed class WalkedRow
{
    public ConversationId Id { get; init; }

    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Its place in lists.</summary>
    public DateTimeOffset ActiveAt { get; init; }
}
