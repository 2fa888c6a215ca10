using System.Runtime.InteropServices;
using Chat.Contracts.Entries;

namespace Chat.Server.Observers.Store;

/// <param name="Id">The number of its row.</param>
/// <param name="Entry">The entry.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoggedEntry(long Id, ConversationEntry Entry);
