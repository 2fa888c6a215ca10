using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Sqlite;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Persistence;

public sealed class SqliteConnectionsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private SqliteConnections _connections = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _connections = new SqliteConnections(new SqliteFile(_database.Settings),
            Options.Create(new PersistenceOptions()), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _connections.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Messages_and_tasks_are_written_by_one_session()
    {
        var first = await _connections.WriteAsync(writer => writer, None);
        var drafts = Drafts.Of(Drafts.Message(ConversationId.Lobby));
        await new SqliteMessageStore(_connections).CommitAsync(drafts, Drafts.Noon, None);
        await new SqliteTaskStore(_connections).EnqueueAsync([NewTasks.Of()], Drafts.Noon, None);

        Assert.Same(first, await _connections.WriteAsync(writer => writer, None));
    }

    [Fact]
    public async Task A_write_that_fails_is_rolled_back_with_its_session_and_the_next_one_works()
    {
        var broken = await _connections.WriteAsync(writer => writer, None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _connections.WriteAsync<int>(
            writer =>
            {
                writer.Begin();
                using var command = writer.Connection.CreateCommand();
                command.CommandText = "update conversations set title = 'half'";
                Assert.True(command.ExecuteNonQuery() > 0);
                throw new InvalidOperationException("a fault in between");
            }, None));

        var title = await _connections.WriteAsync(
            writer =>
            {
                Assert.NotSame(broken, writer);
                using var command = writer.Connection.CreateCommand();
                command.CommandText = "select count(*) from conversations where title = 'half'";
                return (long)command.ExecuteScalar()!;
            }, None);
        Assert.Equal(0, title);
    }

    [Fact]
    public async Task Closing_waits_for_the_write_under_way_and_what_comes_later_is_refused()
    {
        using var goOn = new ManualResetEventSlim();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = _connections.WriteAsync(
            writer =>
            {
                began.SetResult();
                goOn.Wait(Bounds.Wait);
                writer.Begin();
                writer.Commit();
                return true;
            }, None);
        await began.Task;
        var closing = Task.Run(_connections.Dispose);
        Assert.False(closing.IsCompleted);
        goOn.Set();

        Assert.True(await writing);
        await closing.WaitAsync(Bounds.Wait);
        var refused = await Assert.ThrowsAsync<StoreException>(() => _connections.WriteAsync(_ => true, None));
        Assert.Equal(StoreFailure.Unavailable, refused.Failure);
        await Assert.ThrowsAsync<StoreException>(() => _connections.ReadAsync(_ => true, None));
    }

    [Fact]
    public async Task All_work_on_the_file_blocks_threads_of_its_own_and_none_of_the_pool()
    {
        await using var stores = new StoreHost(_database.Settings);
        static bool IsOwn() => !Thread.CurrentThread.IsThreadPoolThread;

        Assert.True(await _connections.WriteAsync(_ => IsOwn(), None));
        Assert.True(await _connections.ReadAsync(_ => IsOwn(), None));
        Assert.True(await stores.Database.RunAsync(_ => Task.FromResult(IsOwn()), None));
        Assert.True(await stores.Database.ChangeAsync(async db =>
        {
            await db.Conversations.CountAsync();
            return IsOwn(); // EF Core's calls did not leave it
        }, None));
    }

    [Fact]
    public async Task While_another_process_holds_the_lock_changes_wait_in_turn_and_reads_go_on()
    {
        await using var stores = new StoreHost(_database.Settings);
        var lobby = ConversationId.Lobby;
        await stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(lobby)), Drafts.Noon, None);
        await using var other = new SqliteConnection(_database.Settings.ConnectionString + ";Pooling=false");
        await other.OpenAsync();
        Execute(other, "begin immediate");

        Task<ReadMove>[] marks = [.. Enumerable.Range(0, 50).Select(i =>
            stores.Conversations.MarkReadAsync(lobby, UserId.Parse($"user{i}"), 1, None))];
        var sent = stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(lobby)), Drafts.Noon, None);
        for (var i = 0; i < 50; i++)
            Assert.Single(await stores.Messages.ReadAfterAsync(lobby, 0, 10, None).WaitAsync(Bounds.Wait));
        Assert.DoesNotContain(marks, mark => mark.IsCompleted);
        Execute(other, "rollback");

        Assert.All(await Task.WhenAll(marks).WaitAsync(Bounds.Wait), moved => Assert.Equal(1, moved.Position));
        Assert.Equal(2, Assert.Single(await sent.WaitAsync(Bounds.Wait)).Sequence);
    }

    [Fact]
    public async Task The_log_is_moved_into_the_database_file_though_a_reader_was_in_the_way()
    {
        await using var stores = new StoreHost(_database.Settings);
        var file = new SqliteFile(_database.Settings);
        await using (var reader = new SqliteConnection(_database.Settings.ConnectionString + ";Pooling=false"))
        {
            await reader.OpenAsync();
            Execute(reader, "begin; select count(*) from conversations");
            while (file.WalBytes < 20 * 1024 * 1024) await CommitAsync(stores, 16);
        }

        await Eventually.HoldsAsync(async () =>
        {
            await CommitAsync(stores, 1);
            return file.WalBytes < 8 * 1024 * 1024;
        });
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_files_and_their_new_folder()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Path.Combine(Path.GetDirectoryName(new SqliteFile(_database.Settings).FullPath)!, "new", "data");
        var settings = new DatabaseSettings(DatabaseKind.Sqlite, $"Data Source={Path.Combine(folder, "chat.db")}");
        await using (var stores = new StoreHost(settings))
        {
            await stores.Migrator.MigrateAsync(None);
            await CommitAsync(stores, 1);
            AssertOwn(folder);
            foreach (var file in Directory.GetFiles(folder)) File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        }
        // Files of an older version, which anybody could read.
        await using (var again = new StoreHost(settings))
        {
            await CommitAsync(again, 1);
            AssertOwn(folder);
        }
    }

    private static void AssertOwn(string folder)
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(folder));
        var files = Directory.GetFiles(folder);
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static Task CommitAsync(StoreHost stores, int messages) => stores.Messages.CommitAsync(
        Drafts.Of(Enumerable.Range(0, messages).Select(_ =>
            Drafts.Message(ConversationId.Lobby, new string('x', 60_000)))), Drafts.Noon, None);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
