using System.Runtime.InteropServices;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.History;

/// <summary>An entry of a history, as it is stored.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistoryEntry(EntryHeader Header, EntryContent Content, long? ShownBefore);
