using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Who is online at this moment.</summary>
/// <param name="ConversationId">The conversation that was asked about; null for the caller's contacts.</param>
/// <param name="OnlineCount">The number of users online, including those that the list leaves out.</param>
/// <param name="Users">The users, those online first; at most <see cref="Protocol.ChatLimits.PresenceUsers"/>. In a
/// public conversation, only users who are online.</param>
/// <param name="Watching">True when changes will be reported to this connection. False when there are too many
/// participants, or the conversation is not joined.</param>
public sealed record PresenceSnapshot(
    ConversationId? ConversationId, int OnlineCount, IReadOnlyList<UserPresence> Users, bool Watching);
