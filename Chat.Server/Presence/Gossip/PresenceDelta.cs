namespace Chat.Server.Presence.Gossip;

/// <summary>Users came or went.</summary>
/// <param name="Instance">Where.</param>
/// <param name="Version">Counts the deltas of this instance: this one makes it this version.</param>
/// <param name="Steps">What happened, in order.</param>
internal sealed record PresenceDelta(Guid Instance, long Version, IReadOnlyList<PresenceStep> Steps)
    : PresenceMessage(Instance);
