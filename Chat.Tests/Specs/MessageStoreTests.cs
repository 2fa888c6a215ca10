using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Chat.Server.Persistence.Sqlite;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

public sealed class SqliteMessageStoreTests : MessageStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresMessageStoreTests : MessageStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class SqliteMessageStoreOnceTests : MessageStoreOnceSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresMessageStoreOnceTests : MessageStoreOnceSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class MessageStoreSpecTests
{
    [Fact]
    public void Every_message_store_has_its_tests()
    {
        var stores = typeof(IMessageStore).Assembly.GetTypes().Where(t => t.IsClass && typeof(IMessageStore).IsAssignableFrom(t)).ToList();
        Assert.Equal([typeof(PostgresMessageStore), typeof(SqliteMessageStore)], stores.OrderBy(t => t.Name));
        foreach (var store in stores)
        {
            Assert.True(typeof(MessageStoreSpec).IsAssignableFrom(Type.GetType($"Chat.Tests.Specs.{store.Name}Tests")), store.Name);
            Assert.True(typeof(MessageStoreOnceSpec).IsAssignableFrom(Type.GetType($"Chat.Tests.Specs.{store.Name.Replace("Store", "StoreOnce")}Tests")), store.Name);
        }
    }
}
