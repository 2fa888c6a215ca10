namespace Chat.Server.Presence.Gossip;

/// <summary>A sign of life, with what it takes to see that something was missed.</summary>
internal sealed record PresenceHeartbeat(Guid Instance, long Version, int Users) : PresenceMessage(Instance);
