using Chat.Contracts.Identifiers;

namespace Chat.Server.Presence;

/// <summary>A user came, or went.</summary>
internal readonly record struct BoardChange(UserId User, bool Online, DateTimeOffset? LastSeenAt);
