namespace Chat.Server.Presence.Gossip;

/// <summary>A message between instances about their connected users. An instance has a new id at each start.</summary>
internal abstract record PresenceMessage(Guid Instance);
