using System.Runtime.InteropServices;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>What all entries have in common. With an <see cref="EntryContent"/> it makes the entry.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryHeader(
    MessageId Id, ConversationId ConversationId, long Sequence, UserId SenderId, DateTimeOffset CreatedAt);
