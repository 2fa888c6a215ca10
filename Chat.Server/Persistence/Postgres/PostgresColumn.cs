using System.Data.Common;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>A column of the drafts of one batch: an array, which is one parameter.</summary>
internal abstract class PostgresColumn
{
    public static PostgresColumn Of(EntryColumn column) => column switch
    {
        EntryColumn<short> number => new PostgresColumn<short>(number, NpgsqlDbType.Smallint),
        EntryColumn<long?> number => new PostgresColumn<long?>(number, NpgsqlDbType.Bigint),
        EntryColumn<string?> text => new PostgresColumn<string?>(text, NpgsqlDbType.Text),
        EntryColumn<bool> truth => new PostgresColumn<bool>(truth, NpgsqlDbType.Boolean),
        EntryColumn<Guid> id => new PostgresColumn<Guid>(id, NpgsqlDbType.Uuid),
        _ => throw new ArgumentException($"column {column.Name} has a type that is not kept here", nameof(column)),
    };

    public abstract void Add(Draft draft);

    public abstract void Clear();

    /// <summary>The same object each time: it is to leave its command before it comes into another.</summary>
    public abstract NpgsqlParameter Parameter { get; }

    /// <summary>Reads what the provider has types for.</summary>
    internal readonly struct Reader : IColumnReader
    {
        public static Guid ReadGuid(DbDataReader row, int column) => row.GetGuid(column);

        public static DateTimeOffset ReadTime(DbDataReader row, int column) => row.GetDateTime(column);
    }
}

/// <inheritdoc />
internal sealed class PostgresColumn<T> : PostgresColumn
{
    private readonly List<T> _values = [];
    private readonly Func<Draft, T> _valueOf;
    private readonly NpgsqlParameter<List<T>> _parameter;

    public PostgresColumn(EntryColumn<T> column, NpgsqlDbType element) =>
        (_valueOf, _parameter) = (column.ValueOf, PostgresBatch.Parameter(_values, element));

    public override NpgsqlParameter Parameter
    {
        get
        {
            _parameter.TypedValue = _values; // else it would write what it has measured before
            return _parameter;
        }
    }

    public override void Add(Draft draft) => _values.Add(_valueOf(draft));

    public override void Clear() => _values.Clear();
}
