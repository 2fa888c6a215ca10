using Chat.Contracts.Entries;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Decides whether a message may be pinned or unpinned, on the session that writes.</summary>
internal sealed class SqlitePins(SqliteWriter session)
{
    private readonly SqliteCommand _find = session.Prepare(SqliteSql.FindPin, ("$conversation", SqliteType.Blob),
        ("$target", SqliteType.Integer));

    private readonly SqliteCommand _count = session.Prepare(SqliteSql.CountPins, ("$conversation", SqliteType.Blob));

    private readonly SqliteCommand _note = session.Prepare(SqliteSql.NotePin, ("$conversation", SqliteType.Blob),
        ("$target", SqliteType.Integer), ("$pin", SqliteType.Integer));

    /// <summary>The outcome of a draft that is not to be stored; null: it is.</summary>
    public CommitOutcome? Decide(Draft draft, byte[] conversation)
    {
        _find.Parameters[0].Value = conversation;
        _find.Parameters[1].Value = draft.Content.TargetSequence;
        using var row = _find.ExecuteReader();
        if (!row.Read() || row.GetInt16(0) != (short)EntryKind.Message || row.GetBoolean(1))
            return SqliteOutcome.Gone(draft);
        var isPin = draft.Content.Kind == EntryKind.Pinned;
        if (row.GetBoolean(2) == isPin) return SqliteOutcome.Of(CommitStatus.Duplicate, row);
        _count.Parameters[0].Value = conversation;
        return isPin && (long)_count.ExecuteScalar()! >= ChatLimits.Pins
            ? new CommitOutcome(CommitStatus.TooMany, draft.Id, 0, default)
            : null;
    }

    /// <summary>What the stored draft changes beside the log.</summary>
    public void Apply(Draft draft, byte[] conversation, long sequence)
    {
        _note.Parameters[0].Value = conversation;
        _note.Parameters[1].Value = draft.Content.TargetSequence;
        _note.Parameters[2].Value = draft.Content.Kind == EntryKind.Pinned ? sequence : DBNull.Value;
        _note.ExecuteNonQuery();
    }
}
