using Chat.Server.Callers;

namespace Chat.Server.Presence.Gossip;

/// <summary>A part of all users that an instance has at a version.</summary>
internal sealed record PresencePart(Guid Instance, long Version, int Index, int Parts, IReadOnlyList<UserKey> Users)
    : PresenceMessage(Instance);
