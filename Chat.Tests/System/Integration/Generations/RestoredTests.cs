using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Integration.Generations;

/// <summary>The database is another one than before: a backup that was restored while no server ran, or a
/// copy. CH-130.</summary>
public sealed class RestoredTests
{
    private static readonly ConversationId Lobby = ConversationId.Lobby;

    [Fact]
    public async Task A_SQLite_file_that_was_put_back_while_no_server_ran_is_another_generation()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await FillAsync(database, "kept");
        var backup = Backup(database);
        var before = await FillAsync(database, "lost");
        Assert.Equal(before, await FillAsync(database)); // a restart alone changes nothing

        Restore(database, backup);

        Assert.NotEqual(before, await FillAsync(database));
    }

    [PostgresFact]
    public async Task A_copy_of_a_PostgreSQL_database_is_another_generation()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var before = await FillAsync(database, "kept");
        Assert.Equal(before, await FillAsync(database));
        // What a dump and a restore leave: the same row, written elsewhere.
        await database.ExecuteAsync("create table copied as select * from deployment");
        await database.ExecuteAsync("drop table deployment");
        await database.ExecuteAsync("alter table copied rename to deployment");
        Assert.NotEqual(before, await FillAsync(database));
    }

    /// <returns>The generation that a client is told.</returns>
    private static async Task<string> FillAsync(TestDatabase database, params string[] bodies)
    {
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var ann = await server.ConnectHubAsync("ann");
        foreach (var body in bodies) await ann.SendAsync(Lobby, body);
        return (await ann.JoinAsync(Lobby)).Generation;
    }

    private static string PathOf(TestDatabase database) =>
        new SqliteConnectionStringBuilder(database.Settings.ConnectionString).DataSource;

    private static Dictionary<string, byte[]> Backup(TestDatabase database) => new[] { "", "-wal", "-shm" }
        .Where(part => File.Exists(PathOf(database) + part))
        .ToDictionary(part => part, part => File.ReadAllBytes(PathOf(database) + part));

    /// <summary>New files in the place of the old ones, as an operator who restores a backup puts them.</summary>
    private static void Restore(TestDatabase database, Dictionary<string, byte[]> backup)
    {
        foreach (var part in new[] { "-shm", "-wal", "" }) File.Delete(PathOf(database) + part);
        foreach (var (part, bytes) in backup) File.WriteAllBytes(PathOf(database) + part, bytes);
    }
}
