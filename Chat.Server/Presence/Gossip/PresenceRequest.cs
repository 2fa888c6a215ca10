namespace Chat.Server.Presence.Gossip;

/// <summary>Requests a snapshot from one instance.</summary>
internal sealed record PresenceRequest(Guid Instance, Guid Of) : PresenceMessage(Instance);
