using Chat.Server.Callers;

namespace Chat.Server.Presence.Gossip;

/// <summary>One user came to an instance, or left it.</summary>
/// <param name="User">Who.</param>
/// <param name="LeftAt">When the user was last there; null: came.</param>
internal readonly record struct PresenceStep(UserKey User, DateTimeOffset? LeftAt);
