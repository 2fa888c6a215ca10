using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Somebody came or went, among those whom this connection asked about
/// (<see cref="Protocol.IChatHub.GetPresence"/>).</summary>
/// <param name="ConversationId">The conversation that was asked about; null for the caller's contacts.</param>
/// <param name="UserId">Who.</param>
/// <param name="Online">Whether the user is there now.</param>
/// <param name="LastSeenAt">When the user was last there; null while online, and when it is not known.</param>
public sealed record PresenceChange(
    ConversationId? ConversationId, UserId UserId, bool Online, DateTimeOffset? LastSeenAt);
