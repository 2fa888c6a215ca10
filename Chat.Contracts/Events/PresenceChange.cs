using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A user whom this connection watches (<see cref="Protocol.IChatHub.GetPresence"/>) came online or went
/// offline.</summary>
/// <param name="ConversationId">The conversation that was asked about; null for the caller's contacts.</param>
/// <param name="UserId">Who.</param>
/// <param name="Online">Whether the user is online now.</param>
/// <param name="LastSeenAt">When the user was last online; null while online, and when it is not known.</param>
public sealed record PresenceChange(
    ConversationId? ConversationId, UserId UserId, bool Online, DateTimeOffset? LastSeenAt);
