using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Whether a user is online: connected with at least one device, over any transport, to any
/// instance.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Online">True while there is a connection and a few seconds longer, so that a reconnect does not
/// show.</param>
/// <param name="LastSeenAt">When the user was last online; null while online, and when it is not known.</param>
public sealed record UserPresence(UserId UserId, bool Online, DateTimeOffset? LastSeenAt);
