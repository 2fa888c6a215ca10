using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A message that names the user.</summary>
public sealed record Mention
{
    /// <summary>Where it is.</summary>
    public required ConversationId ConversationId { get; init; }

    /// <summary>Its sequence.</summary>
    public required long Sequence { get; init; }

    /// <summary>The first message of the thread that it stands in; null: in none.</summary>
    public long? Thread { get; init; }

    /// <summary>A preview of the message, as it is now; what is long is cut, as in lists of conversations.</summary>
    public ConversationEntry? Entry { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its place in the inbox, after which the next page begins. Opaque.</summary>
    public required string Cursor { get; init; }
}
