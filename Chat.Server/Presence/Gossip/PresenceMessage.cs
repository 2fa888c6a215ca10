namespace Chat.Server.Presence.Gossip;

/// <summary>What instances tell each other about who is connected to them. An instance has a new id with each
/// start.</summary>
internal abstract record PresenceMessage(Guid Instance);
