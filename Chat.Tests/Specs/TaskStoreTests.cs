using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Chat.Server.Persistence.Sqlite;
using Chat.Server.Persistence.Tasks;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

public sealed class SqliteTaskStoreTests : TaskStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTaskStoreTests : TaskStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class SqliteTaskUpkeepTests : TaskUpkeepSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTaskUpkeepTests : TaskUpkeepSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class TaskStoreSpecTests
{
    [Fact]
    public void Every_task_store_has_its_tests()
    {
        var stores = typeof(ITaskStore).Assembly.GetTypes().Where(t => t.IsClass && typeof(ITaskStore).IsAssignableFrom(t)).ToList();
        Assert.Equal([typeof(PostgresTaskStore), typeof(SqliteTaskStore)], stores.OrderBy(t => t.Name));
        foreach (var store in stores) Assert.True(typeof(TaskStoreSpec).IsAssignableFrom(Type.GetType($"Chat.Tests.Specs.{store.Name}Tests")), store.Name);
    }
}
