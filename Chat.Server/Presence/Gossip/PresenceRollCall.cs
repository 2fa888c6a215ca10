namespace Chat.Server.Presence.Gossip;

/// <summary>Asks everyone for a heartbeat now.</summary>
internal sealed record PresenceRollCall(Guid Instance) : PresenceMessage(Instance);
