using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Outcomes of drafts that change messages and are not stored.</summary>
internal static class SqliteOutcome
{
    public static CommitOutcome Gone(Draft draft) => new(CommitStatus.Gone, draft.Id, 0, default);

    /// <summary>With the place, time and id of the entry of a row of <see cref="SqliteSql.FindState"/> or
    /// <see cref="SqliteSql.FindPin"/>: the one that made the message what it is.</summary>
    public static CommitOutcome Of(CommitStatus status, SqliteDataReader row) => new(status,
        new MessageId(SqliteColumn.Reader.ReadGuid(row, 5)), row.GetInt64(3), SqliteColumn.Reader.ReadTime(row, 4));
}
