namespace Chat.Server.Presence.Gossip;

/// <summary>The instance stops; its users are probably on their way to another.</summary>
internal sealed record PresenceGoodbye(Guid Instance) : PresenceMessage(Instance);
