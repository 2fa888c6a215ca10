using System.Data.Common;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>A page of what is shown, on its way from the database: takes rows of <see cref="ShownSql.Page"/>.</summary>
internal sealed class ShownRead(int maxBytes)
{
    private readonly PageRead _page = new(maxBytes);
    private readonly List<CurrentMessage> _current = [];
    private long? _head;

    /// <summary>Takes a row; false when the page ends before it.</summary>
    public bool TryTake<TDatabase>(DbDataReader row, ConversationId conversation)
        where TDatabase : struct, IColumnReader
    {
        _head = row.GetInt64(EntryColumns.SizeColumn + 1);
        if (row.IsDBNull(0)) return false; // the page is empty
        if (!_page.TryTake<TDatabase>(row, conversation)) return false;
        if (_page.Entries[^1] is MessageEntry message && CurrentColumns.Read(row, message.Sequence) is { } current)
            _current.Add(current);
        return true;
    }

    /// <summary>Null when no row came: there is no such conversation.</summary>
    public ShownPage? ToPage() => _head is { } head ? new ShownPage(_page.Entries, _current, head) : null;
}
