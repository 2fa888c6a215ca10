using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Chat.Server.Persistence.Sqlite;
using Chat.Server.Tasks.Store;

namespace Chat.Tests.Specs;

/// <summary>Every implementation runs its specification: those without a server in this assembly, the others in System,
/// whose sources say so.</summary>
public sealed class SpecCoverageTests
{
    private static readonly string SystemSpecs = string.Join("\n",
        Directory.GetFiles(Path.Combine(Repository.Root, "Chat.Tests", "System", "Specs"), "*.cs")
            .Select(File.ReadAllText));

    [Fact]
    public void Every_message_store_has_its_tests()
    {
        AssertImplementations<IMessageStore>(typeof(PostgresMessageStore), typeof(SqliteMessageStore));
        AssertHere<MessageStoreSpec>("SqliteMessageStoreTests");
        AssertHere<MessageStoreOnceSpec>("SqliteMessageStoreOnceTests");
        AssertInSystem("PostgresMessageStoreTests", nameof(MessageStoreSpec));
        AssertInSystem("PostgresMessageStoreOnceTests", nameof(MessageStoreOnceSpec));
    }

    [Fact]
    public void Every_task_store_has_its_tests()
    {
        AssertImplementations<ITaskStore>(typeof(PostgresTaskStore), typeof(SqliteTaskStore));
        AssertHere<TaskStoreSpec>("SqliteTaskStoreTests");
        AssertInSystem("PostgresTaskStoreTests", nameof(TaskStoreSpec));
    }

    [Fact]
    public void Every_backplane_has_its_tests()
    {
        AssertImplementations<IBackplane>(typeof(InProcessBackplane), typeof(RedisBackplane));
        AssertHere<BackplaneSpec>("InProcessBackplaneTests");
        AssertInSystem("RedisBackplaneTests", "RedisBackplaneSpec");
    }

    [Fact]
    public void Every_specification_of_a_store_runs_on_both_databases()
    {
        var specs = typeof(StoreSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StoreSpec))).ToList();
        Assert.NotEmpty(specs);
        foreach (var spec in specs)
        {
            Assert.Contains(typeof(SpecCoverageTests).Assembly.GetTypes(), type => type.IsSubclassOf(spec));
            Assert.Matches($@"\[RequiresPostgres\]\s+public sealed class Postgres\w+ : {spec.Name}\b", SystemSpecs);
        }
    }

    private static void AssertImplementations<T>(params Type[] expected) =>
        Assert.Equal(expected,
            typeof(T).Assembly.GetTypes().Where(type => type.IsClass && typeof(T).IsAssignableFrom(type))
                .OrderBy(type => type.Name));

    private static void AssertHere<TSpec>(string tests) =>
        Assert.True(typeof(TSpec).IsAssignableFrom(Type.GetType($"Chat.Tests.Specs.{tests}")), tests);

    private static void AssertInSystem(string tests, string spec) =>
        Assert.Matches($@"\bpublic sealed class {tests} : {spec}\b", SystemSpecs);
}
