namespace Chat.Server.Presence.Gossip;

/// <summary>Asks one instance for a snapshot.</summary>
internal sealed record PresenceRequest(Guid Instance, Guid Of) : PresenceMessage(Instance);
