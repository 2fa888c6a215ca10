using Chat.Contracts.Identifiers;

namespace Chat.Server.Presence.Gossip;

/// <summary>What instances tell each other about who is connected to them. An instance has a new id with each
/// start.</summary>
internal abstract record PresenceMessage(Guid Instance);

/// <summary>Users came or went.</summary>
/// <param name="Instance">Where.</param>
/// <param name="Version">Counts the deltas of this instance: this one makes it this version.</param>
/// <param name="Steps">What happened, in order.</param>
internal sealed record PresenceDelta(Guid Instance, long Version, IReadOnlyList<PresenceStep> Steps)
    : PresenceMessage(Instance);

/// <summary>A sign of life, with what it takes to see that something was missed.</summary>
internal sealed record PresenceHeartbeat(Guid Instance, long Version, int Users) : PresenceMessage(Instance);

/// <summary>Asks everyone for a heartbeat now.</summary>
internal sealed record PresenceRollCall(Guid Instance) : PresenceMessage(Instance);

/// <summary>Asks one instance for a snapshot.</summary>
internal sealed record PresenceRequest(Guid Instance, Guid Of) : PresenceMessage(Instance);

/// <summary>A part of all users that an instance has at a version.</summary>
internal sealed record PresencePart(Guid Instance, long Version, int Index, int Parts, IReadOnlyList<UserId> Users)
    : PresenceMessage(Instance);

/// <summary>The instance stops; its users are probably on their way to another.</summary>
internal sealed record PresenceGoodbye(Guid Instance) : PresenceMessage(Instance);

/// <summary>One user came to an instance, or left it.</summary>
/// <param name="User">Who.</param>
/// <param name="LeftAt">When the user was last there; null: came.</param>
internal readonly record struct PresenceStep(UserId User, DateTimeOffset? LeftAt);
