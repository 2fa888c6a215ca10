using System.Runtime.InteropServices;
using Chat.Contracts.Events;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.History;

/// <summary>An entry of a history, as it is stored.</summary>
/// <param name="Header">Its place, sender and time.</param>
/// <param name="Content">What it says.</param>
/// <param name="ShownBefore">The entry that is shown before it.</param>
/// <param name="Reactions">Whose reactions to its target are others from there on, and what they are then: all of them,
/// also where the entry does not name them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistoryEntry(
    EntryHeader Header, EntryContent Content, long? ShownBefore, IReadOnlyList<ReactionChange> Reactions)
{
    /// <summary>About what it takes, in characters.</summary>
    public int Size => Content.Length + Reactions.Sum(one => one.UserId.Value.Length + 8 * one.Keys.Count);
}
