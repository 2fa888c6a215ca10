using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Reads what is shown, on a session that reads.</summary>
internal sealed class SqliteShownReader
{
    private readonly SqliteCommand _mainBack, _mainOn, _threadBack, _threadOn, _countOn, _countBack, _readBack;

    public SqliteShownReader(SqliteSession session)
    {
        _mainBack = PreparePage(session, isThread: false, isBack: true);
        _mainOn = PreparePage(session, isThread: false, isBack: false);
        _threadBack = PreparePage(session, isThread: true, isBack: true);
        _threadOn = PreparePage(session, isThread: true, isBack: false);
        _countOn = PrepareCount(session, UnreadSql.CountOn);
        _countBack = PrepareCount(session, UnreadSql.CountBack);
        _readBack = session.Prepare(UnreadSql.ReadBack("$1", "$2", "$3"), ("$1", SqliteType.Blob),
            ("$2", SqliteType.Integer), ("$3", SqliteType.Integer));
    }

    /// <summary>One statement, which sees one state of the database.</summary>
    public ShownPage? ReadPage(ConversationId conversation, ShownQuery query, PageLimit limit)
    {
        var isBack = query.After is null;
        var command = query.Thread > 0 ? isBack ? _threadBack : _threadOn : isBack ? _mainBack : _mainOn;
        var values = command.Parameters;
        values[0].Value = conversation.Value.ToByteArray(true);
        values[1].Value = limit.Entries;
        values[2].Value = limit.Bytes;
        values[3].Value = query.After ?? query.Before;
        values[4].Value = query.Reader.Value;
        if (query.Thread > 0) values[5].Value = query.Thread;
        using var reader = command.ExecuteReader();
        var page = new ShownRead(limit.Bytes);
        while (reader.Read() && page.TryTake<SqliteColumn.Reader>(reader, conversation)) { }
        return page.ToPage();
    }

    public Unread[] CountUnread(IReadOnlyList<UnreadPlace> places) =>
        [.. places.Select(place => place.Answer(CountOn(place)) ?? CountBack(place))];

    public RecentMessages[] ReadRecent(IReadOnlyList<RecentPlace> places) => [.. places.Select(ReadRecent)];

    private RecentMessages ReadRecent(RecentPlace place)
    {
        _readBack.Parameters[0].Value = place.Conversation.Value.ToByteArray(true);
        _readBack.Parameters[1].Value = place.After;
        _readBack.Parameters[2].Value = place.Head;
        var recent = new RecentMessages();
        using var reader = _readBack.ExecuteReader();
        while (reader.Read())
            recent.Take(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetBoolean(3));
        return recent;
    }

    private int CountOn(UnreadPlace place)
    {
        Set(_countOn, place);
        return (int)(long)_countOn.ExecuteScalar()!;
    }

    private Unread CountBack(UnreadPlace place)
    {
        Set(_countBack, place);
        using var reader = _countBack.ExecuteReader();
        reader.Read();
        return UnreadPlace.Counted(reader.GetInt32(0), reader.GetBoolean(1));
    }

    private static void Set(SqliteCommand command, UnreadPlace place)
    {
        command.Parameters[0].Value = place.Conversation.Value.ToByteArray(true);
        command.Parameters[1].Value = place.User.Value;
        command.Parameters[2].Value = place.After;
        command.Parameters[3].Value = place.Head;
    }

    private static SqliteCommand PreparePage(SqliteSession session, bool isThread, bool isBack)
    {
        var command = session.Prepare(ShownSql.Page(isThread, isBack, "own.keys"), ("$1", SqliteType.Blob),
            ("$2", SqliteType.Integer), ("$3", SqliteType.Integer), ("$4", SqliteType.Integer),
            ("$5", SqliteType.Text));
        if (isThread) command.Parameters.Add("$6", SqliteType.Integer);
        return command;
    }

    private static SqliteCommand PrepareCount(
        SqliteSession session, Func<string, string, string, string, string> count) =>
        session.Prepare(count("$1", "$2", "$3", "$4"), ("$1", SqliteType.Blob), ("$2", SqliteType.Text),
            ("$3", SqliteType.Integer), ("$4", SqliteType.Integer));
}
