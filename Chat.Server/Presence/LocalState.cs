using Chat.Server.Callers;
using Chat.Server.Presence.Gossip;

namespace Chat.Server.Presence;

/// <summary>Who is connected here, after all deltas.</summary>
/// <param name="Deltas">What led there, each one message; the last has the version.</param>
/// <param name="Version">How many deltas there ever were.</param>
/// <param name="Count">How many users are here.</param>
/// <param name="Users">Who; empty unless asked for.</param>
internal readonly record struct LocalState(List<PresenceStep[]> Deltas, long Version, int Count, List<UserKey> Users);
