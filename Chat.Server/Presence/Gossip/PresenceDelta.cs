namespace Chat.Server.Presence.Gossip;

/// <summary>Users came or went.</summary>
/// <param name="Instance">Where.</param>
/// <param name="Version">The instance's version after this delta.</param>
/// <param name="Steps">The changes, in order.</param>
internal sealed record PresenceDelta(Guid Instance, long Version, IReadOnlyList<PresenceStep> Steps)
    : PresenceMessage(Instance);
