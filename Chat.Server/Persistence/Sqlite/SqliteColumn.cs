using System.Data.Common;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>How SQLite keeps a column: whole numbers as integers, a Guid as its bytes, a time as
/// microseconds.</summary>
/// <param name="Parameter">Its parameter in a statement, named like the column.</param>
/// <param name="ValueOf">What the provider takes.</param>
internal sealed record SqliteColumn((string Name, SqliteType Type) Parameter, Func<Draft, object> ValueOf)
{
    public static SqliteColumn Of(EntryColumn column) => column switch
    {
        EntryColumn<short> number => new(($"${column.Name}", SqliteType.Integer), draft => (long)number.ValueOf(draft)),
        EntryColumn<long?> number => new(
            ($"${column.Name}", SqliteType.Integer), draft => (object?)number.ValueOf(draft) ?? DBNull.Value),
        EntryColumn<bool> truth => new(
            ($"${column.Name}", SqliteType.Integer), draft => truth.ValueOf(draft) ? 1L : 0L),
        EntryColumn<string?> text => new(
            ($"${column.Name}", SqliteType.Text), draft => (object?)text.ValueOf(draft) ?? DBNull.Value),
        EntryColumn<Guid> id => new(($"${column.Name}", SqliteType.Blob), draft => id.ValueOf(draft).ToByteArray(true)),
        _ => throw new ArgumentException($"column {column.Name} has a type that is not kept here", nameof(column)),
    };

    /// <summary>Reads what is kept in SQLite's own way.</summary>
    internal readonly struct Reader : IColumnReader
    {
        public static Guid ReadGuid(DbDataReader row, int column) => new((byte[])row.GetValue(column), true);

        public static DateTimeOffset ReadTime(DbDataReader row, int column) =>
            Microseconds.FromUnix(row.GetInt64(column));
    }
}
