using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Reads lists of conversations, on a session that reads.</summary>
internal sealed class SqliteListReader(SqliteSession session)
{
    private readonly SqliteCommand _all = Prepare(session, ListSql.Page(hasLobby: true)),
        _withoutLobby = Prepare(session, ListSql.Page(hasLobby: false));

    /// <returns>Null: the user takes part in too many to be sorted.</returns>
    public IReadOnlyList<ConversationSummary>? Read(ListQuery query)
    {
        if (query.Only is null) return Read(query.HasLobby ? _all : _withoutLobby, query);
        // It takes no arrays: which they are is said in the statement, as bytes.
        using var some = session.Connection.CreateCommand();
        some.CommandText = ListSql.Page(query.HasLobby, "p.conversation_id in ("
            + string.Join(", ", query.Only.Select(id => $"x'{Convert.ToHexString(KeyOf(id))}'")) + ")");
        AddParameters(some);
        return Read(some, query);
    }

    private static List<ConversationSummary>? Read(SqliteCommand command, ListQuery query)
    {
        var values = command.Parameters;
        values[0].Value = query.User.Id.Value;
        values[1].Value = query.User.Tenant.Name;
        values[2].Value = query.Page.After is { } after ? Microseconds.ToUnix(after.ActiveAt) : DBNull.Value;
        values[3].Value = KeyOf(query.Page.After?.Id ?? default);
        values[4].Value = query.Page.Limit;
        values[5].Value = Microseconds.ToUnix(query.Now);
        values[6].Value = KeyOf(ConversationId.Lobby);
        using var reader = command.ExecuteReader();
        var listed = new List<ConversationSummary>(query.Page.Limit);
        while (reader.Read())
            if (!ListColumns.TryTake<SqliteColumn.Reader>(reader, listed)) return null;
        return listed;
    }

    private static byte[] KeyOf(ConversationId id) => id.Value.ToByteArray(true);

    private static SqliteCommand Prepare(SqliteSession session, string sql)
    {
        var command = session.Prepare(sql);
        AddParameters(command);
        return command;
    }

    private static void AddParameters(SqliteCommand command)
    {
        SqliteType[] types =
        [
            SqliteType.Text, SqliteType.Text, SqliteType.Integer, SqliteType.Blob, SqliteType.Integer,
            SqliteType.Integer, SqliteType.Blob,
        ];
        foreach (var (index, type) in types.Index()) command.Parameters.Add($"${index + 1}", type);
    }
}
