using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A message that is pinned.</summary>
public sealed record Pin
{
    /// <summary>The message's sequence.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sequence of the entry that pinned it.</summary>
    public required long PinSequence { get; init; }

    /// <summary>Who pinned it.</summary>
    public required UserId PinnedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset PinnedAt { get; init; }

    /// <summary>A preview of the message, as it is now; what is long is cut, as in lists of conversations.</summary>
    public ConversationEntry? Entry { get; init; }
}
