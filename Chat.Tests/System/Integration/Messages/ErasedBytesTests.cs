using System.Text;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Integration.Messages;

/// <summary>SQLite's files have no byte of a deleted text once the oldest reader has ended.</summary>
public sealed class ErasedBytesTests
{
    private static readonly UserId Ann = UserId.Parse("ann");

    // CH-226
    [Fact]
    public async Task SQLites_files_have_nothing_of_a_deleted_text_once_the_oldest_reader_has_ended()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var stores = new StoreHost(database.Settings);
        var random = new Random(1);
        for (var batch = 0; batch < 20; batch++) // pages are split, and text is moved
            await stores.Messages.CommitAsync([.. Enumerable.Range(0, 20).Select(i =>
                Message($"secret-{batch}-{i} {new string('x', random.Next(2_000))}"))], Drafts.Noon, default);
        await stores.Messages.CommitAsync([Amendment(EntryContent.MessageEdited(
            7, new CheckedMessage("secret-edit", new SendOptions())))], Drafts.Noon, default);
        Assert.NotEmpty(Found(database));
        await using var reader = new SqliteConnection(database.Settings.ConnectionString + ";Pooling=False");
        await reader.OpenAsync();
        var reading = reader.BeginTransaction(deferred: true);
        await using (var command = reader.CreateCommand())
        {
            command.CommandText = "select count(*) from messages";
            await command.ExecuteScalarAsync();
        }

        for (var target = 1; target <= 400; target += 50)
            await stores.Messages.CommitAsync([.. Enumerable.Range(target, 50).Select(one =>
                Amendment(EntryContent.MessageDeleted(one)))], Drafts.Noon, default);

        Assert.Empty(await database.QueryAsync("select 1 from messages where message like 'secret%'"));
        await reading.DisposeAsync();
        await Eventually.HoldsAsync(() => Found(database).Count == 0);
    }

    private static List<string> Found(TestDatabase database)
    {
        var path = new SqliteConnectionStringBuilder(database.Settings.ConnectionString).DataSource;
        return [.. new[] { path, path + "-wal" }.Where(File.Exists).Where(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes); // as much as there is: the log is cut off meanwhile
            return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes("secret-")) >= 0;
        })];
    }

    private static Draft Message(string body) => Assert.Single(Drafts.Of(Drafts.Message(ConversationId.Lobby, body)));

    private static Draft Amendment(EntryContent content) =>
        new(MessageId.New(Drafts.Noon), ConversationId.Lobby, Ann, content);
}
