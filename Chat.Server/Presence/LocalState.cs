using Chat.Server.Callers;
using Chat.Server.Presence.Gossip;

namespace Chat.Server.Presence;

/// <summary>The users connected here, after all deltas.</summary>
/// <param name="Deltas">The deltas that led there, one message each; the last has the version.</param>
/// <param name="Version">Total number of deltas.</param>
/// <param name="Count">Number of users.</param>
/// <param name="Users">The users; empty unless requested.</param>
internal readonly record struct LocalState(List<PresenceStep[]> Deltas, long Version, int Count, List<UserKey> Users);
