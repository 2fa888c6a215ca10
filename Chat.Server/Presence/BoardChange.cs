using Chat.Server.Callers;

namespace Chat.Server.Presence;

/// <summary>A user came online or went offline.</summary>
internal readonly record struct BoardChange(UserKey User, bool Online, DateTimeOffset? LastSeenAt);
