using Chat.Contracts.Entries;
using Chat.Contracts.Events;

namespace Chat.Server.Core;

/// <summary>A durable append.</summary>
/// <param name="Entry">The entry; of a duplicate, only id, sequence and time are the stored ones.</param>
/// <param name="Duplicate">True when it had been stored before.</param>
internal readonly record struct Appended(ConversationEntry Entry, bool Duplicate)
{
    public SendReceipt ToReceipt() => new(Entry.Id, Entry.Sequence, Entry.CreatedAt, Duplicate);
}
