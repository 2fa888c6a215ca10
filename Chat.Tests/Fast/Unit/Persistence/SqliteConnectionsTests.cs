using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Sqlite;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
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
        _connections = new SqliteConnections(_database.Settings, Options.Create(new PersistenceOptions()));
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
}
