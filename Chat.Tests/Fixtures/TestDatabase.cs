using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Fixtures;

/// <summary>A database of one test, of either kind, with the current schema unless told otherwise.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private readonly string? _folder;

    private TestDatabase(DatabaseSettings settings, string? folder) => (Settings, _folder) = (settings, folder);

    public DatabaseSettings Settings { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind, bool migrated = true)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var server = await PostgresServer.SharedAsync();
            return new TestDatabase(new DatabaseSettings(kind, await server.CreateDatabaseAsync(migrated)), null);
        }
        var database = NewSqlite();
        if (migrated)
            await File.WriteAllBytesAsync(
                new SqliteConnectionStringBuilder(database.Settings.ConnectionString).DataSource,
                await SqliteTemplate.Value);
        return database;
    }

    /// <summary>The id as SQL of this database writes it.</summary>
    public string Literal(ConversationId id) => Settings.Kind == DatabaseKind.Sqlite
        ? $"x'{Convert.ToHexString(id.Value.ToByteArray(true))}'"
        : $"'{id.Value}'";

    /// <summary>Runs a statement beside the server's own connections.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var stores = Beside();
        await using var context = await stores.CreateContextAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = (int)Bounds.Wait.TotalSeconds; // it may fill a table
        await context.Database.OpenConnectionAsync();
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, each as its values joined by bars.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var stores = Beside();
        await using var context = await stores.CreateContextAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = (int)Bounds.Wait.TotalSeconds; // it may fill a table
        await context.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|',
                Enumerable.Range(0,
                    reader.FieldCount)
                    .Select(i =>
                        Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }

    public ValueTask DisposeAsync()
    {
        if (_folder is null) return default;
        using (var connection = new SqliteConnection(Settings.ConnectionString)) SqliteConnection.ClearPool(connection);
        Directory.Delete(_folder, true);
        return default;
    }

    /// <summary>A busy machine may take as long to open a session as a test waits for anything.</summary>
    private StoreHost Beside() => new(Settings.Kind == DatabaseKind.Postgres
        ? Settings with { ConnectionString = $"{Settings.ConnectionString};Timeout={Bounds.Wait.TotalSeconds:0}" }
        : Settings);

    private static TestDatabase NewSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("chat-tests-sqlite-").FullName;
        return new TestDatabase(
            new DatabaseSettings(DatabaseKind.Sqlite, $"Data Source={Path.Combine(folder, "chat.db")}"), folder);
    }

    private static async Task<byte[]> MakeSqliteTemplateAsync()
    {
        await using var database = NewSqlite();
        await using (var stores = new StoreHost(database.Settings))
            await stores.Migrator.MigrateAsync(CancellationToken.None);
        // The last connection to close moves the write-ahead log into the file.
        using (var connection = new SqliteConnection(database.Settings.ConnectionString))
            SqliteConnection.ClearPool(connection);
        return await File.ReadAllBytesAsync(
            new SqliteConnectionStringBuilder(database.Settings.ConnectionString).DataSource);
    }
}
