using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The end of one conversation's log while a transaction moves it.</summary>
/// <param name="key">The conversation's id, as it is stored.</param>
/// <param name="row">A row of <see cref="SqliteSql.FindConversation"/>.</param>
internal sealed class SqliteHead(byte[] key, SqliteDataReader row)
{
    private long? _time = TimeIn(row, 1);

    public byte[] Key => key;

    public long Sequence { get; private set; } = row.GetInt64(0);

    /// <summary>Of the newest entry, once there is one.</summary>
    public long Time => _time!.Value;

    public long RemovedSequence { get; set; } = row.GetInt64(2);

    /// <summary>The newest shown entry, from the first hidden one on; 0 until then: all are shown.</summary>
    public long ShownSequence { get; private set; } = row.GetInt64(3);

    /// <summary>The time of that entry.</summary>
    public long? ShownTime { get; private set; } = TimeIn(row, 4);

    public bool Moved { get; private set; }

    /// <summary>Moves on by an entry.</summary>
    /// <returns>The last shown entry before it; null when that is the one directly before.</returns>
    public long? Next(long now, bool isShown)
    {
        long? before = ShownSequence > 0 && ShownSequence < Sequence ? ShownSequence : null;
        if (!isShown && ShownSequence == 0) (ShownSequence, ShownTime) = (Sequence, _time);
        Sequence++;
        _time = _time is { } last ? Math.Max(now, last + 1) : now;
        Moved = true;
        if (isShown && ShownSequence > 0) (ShownSequence, ShownTime) = (Sequence, _time);
        return before;
    }

    private static long? TimeIn(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
