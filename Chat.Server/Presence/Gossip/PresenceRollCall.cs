namespace Chat.Server.Presence.Gossip;

/// <summary>Requests a heartbeat from every instance now.</summary>
internal sealed record PresenceRollCall(Guid Instance) : PresenceMessage(Instance);
