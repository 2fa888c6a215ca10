using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Identifiers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Server.Persistence;

/// <summary>Which database this server uses, as the configuration resolved it.</summary>
/// <param name="Kind">The provider.</param>
/// <param name="ConnectionString">In the provider's own (ADO.NET) form.</param>
internal sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>The schema that its tables are in, on PostgreSQL; null: the one that the role has by default, and is
    /// not named.</summary>
    public string? Schema { get; private init; }

    /// <summary>The same database, with its tables in a schema: the search path of all connections that are made of
    /// these settings, so no statement names it.</summary>
    public DatabaseSettings In(string schema) => this with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = schema }.ConnectionString,
        Schema = schema,
    };

    /// <summary>The key of an advisory lock, which are the whole database's: each schema has its own.</summary>
    public long LockKey(long key) => IsDefault
        ? key
        : key ^ BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Schema!)));

    /// <summary>The same for the names of channels.</summary>
    public string Channel(string name) => IsDefault ? name : $"{name}_{Schema}";

    /// <summary>Where the SQLite file is; null when there is none.</summary>
    public string? Folder => Kind == DatabaseKind.Sqlite
        && new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } file
            ? Path.GetDirectoryName(Path.GetFullPath(file))
            : null;

    /// <summary>Whether the schema is the usual one: servers that name it, and servers that name none, share their
    /// locks and channels.</summary>
    private bool IsDefault => Schema is null or "public";

    /// <summary>The id as the database keeps it: for statements that EF Core takes as they are.</summary>
    public object KeyOf(ConversationId conversation) => KeyOf(conversation.Value);

    /// <summary>The same for any id.</summary>
    public object KeyOf(Guid id) => Kind == DatabaseKind.Sqlite ? id.ToByteArray(true) : id;
}
