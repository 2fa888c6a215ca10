using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>A conversation on the way to a page of a list.</summary>
internal sealed class WalkedRow
{
    public ConversationId Id { get; init; }

    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>How far the user has read; null: the user takes no part in it.</summary>
    public long? OwnPosition { get; init; }

    /// <summary>Its place in lists.</summary>
    public DateTimeOffset ActiveAt { get; init; }
}
