using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Who is there at this moment.</summary>
/// <param name="ConversationId">The conversation that was asked about; null for the caller's contacts.</param>
/// <param name="OnlineCount">How many of them are online, also those that the list leaves out.</param>
/// <param name="Users">Those online first; at most <see cref="Protocol.ChatLimits.PresenceUsers"/>. In a public
/// conversation only those online.</param>
/// <param name="Watching">True when changes will be reported to this connection. False when there are too many
/// participants, or the conversation is not joined.</param>
public sealed record PresenceSnapshot(
    ConversationId? ConversationId, int OnlineCount, IReadOnlyList<UserPresence> Users, bool Watching);
