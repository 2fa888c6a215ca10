using Chat.Contracts.Entries;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Decides whether a message may be changed or pinned, and erases what is deleted, on the session that
/// writes.</summary>
internal sealed class SqliteAmendments(SqliteWriter session)
{
    private readonly SqliteCommand _find = session.Prepare(SqliteSql.FindState, ("$conversation", SqliteType.Blob),
        ("$target", SqliteType.Integer));

    private readonly SqliteCommand _note = session.Prepare(SqliteSql.NoteState, ("$conversation", SqliteType.Blob),
        ("$target", SqliteType.Integer), ("$version", SqliteType.Integer), ("$deleted", SqliteType.Integer));

    private readonly SqlitePins _pins = new(session);

    /// <summary>The outcome of a draft that is not to be stored; null: it is.</summary>
    public CommitOutcome? Decide(Draft draft, byte[] conversation)
    {
        if (draft.Content.IsPin) return _pins.Decide(draft, conversation);
        _find.Parameters[0].Value = conversation;
        _find.Parameters[1].Value = draft.Content.TargetSequence;
        using var row = _find.ExecuteReader();
        if (!row.Read() || row.IsDBNull(0) || row.GetInt16(0) != (short)EntryKind.Message)
            return SqliteOutcome.Gone(draft);
        var isDeletion = draft.Content.Kind == EntryKind.MessageDeleted;
        var isDeleted = row.GetBoolean(1);
        if (isDeleted && isDeletion) return SqliteOutcome.Of(CommitStatus.Duplicate, row);
        if (isDeleted || row.GetBoolean(2)) return SqliteOutcome.Gone(draft);
        if (!isDeletion && SaysTheSame(draft.Content, row)) return SqliteOutcome.Of(CommitStatus.Duplicate, row);
        return draft.IfVersion is { } version && version != row.GetInt64(3)
            ? SqliteOutcome.Of(CommitStatus.Conflict, row)
            : null;
    }

    /// <summary>What the stored draft changes beside the log.</summary>
    public void Apply(Draft draft, byte[] conversation, long sequence)
    {
        if (draft.Content.IsPin)
        {
            _pins.Apply(draft, conversation, sequence);
            return;
        }
        var isDeletion = draft.Content.Kind == EntryKind.MessageDeleted;
        _note.Parameters[0].Value = conversation;
        _note.Parameters[1].Value = draft.Content.TargetSequence;
        _note.Parameters[2].Value = sequence;
        _note.Parameters[3].Value = isDeletion ? 1L : 0L;
        _note.ExecuteNonQuery();
        if (!isDeletion) return;
        using var erase = session.Connection.CreateCommand();
        erase.CommandText = SqliteSql.EraseMessage;
        erase.Parameters.AddWithValue("$conversation", conversation);
        erase.Parameters.AddWithValue("$target", draft.Content.TargetSequence);
        erase.ExecuteNonQuery();
        session.HasErased = true;
    }

    private static bool SaysTheSame(in EntryContent content, SqliteDataReader row) =>
        row.GetString(6) == content.Text && TextOf(row, 7) == content.AttachmentUrl
        && TextOf(row, 8) == content.AttachmentMeta && TextOf(row, 9) == content.Payload?.ToText();

    private static string? TextOf(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
