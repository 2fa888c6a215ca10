using System.Data.Common;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>A page on its way from the database: takes rows until its bytes are used up.</summary>
internal sealed class PageRead(int maxBytes)
{
    private UserId _sender;
    private long _bytes;

    public List<ConversationEntry> Entries { get; } = [];

    /// <summary>True when it ended because of its bytes, before what was asked for.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True when there is no room for more.</summary>
    public bool IsFull => IsCut || _bytes > maxBytes;

    /// <summary>Takes the row of <see cref="EntryColumns.Read"/> and <see cref="EntryColumns.Size"/>; false when the
    /// page ends before it.</summary>
    public bool TryTake<TDatabase>(DbDataReader row, ConversationId conversation)
        where TDatabase : struct, IColumnReader
    {
        _bytes += row.GetInt64(EntryColumns.SizeColumn);
        if (_bytes > maxBytes && Entries.Count > 0)
        {
            IsCut = true;
            return false;
        }
        Entries.Add(EntryColumns.ReadEntry<TDatabase>(row, conversation, ref _sender));
        return true;
    }
}
