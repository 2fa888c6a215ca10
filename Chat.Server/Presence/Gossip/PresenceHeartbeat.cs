namespace Chat.Server.Presence.Gossip;

/// <summary>A heartbeat, with the data to notice missed messages.</summary>
internal sealed record PresenceHeartbeat(Guid Instance, long Version, int Users) : PresenceMessage(Instance);
