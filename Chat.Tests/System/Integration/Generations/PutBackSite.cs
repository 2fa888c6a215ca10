using System.Globalization;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Generations;

/// <summary>Instances on one database whose tail can be cut off, as a failover or a restored backup does.</summary>
internal sealed class PutBackSite : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private PutBackSite(TestDatabase database, List<TestServer> servers) => (_database, Servers) = (database, servers);

    public List<TestServer> Servers { get; }

    public TestDatabase Database => _database;

    /// <param name="kind">Of the database.</param>
    /// <param name="tell">Whether the two instances tell each other what happens.</param>
    /// <param name="settings">Of both.</param>
    public static async Task<PutBackSite> StartAsync(
        DatabaseKind kind, bool tell, params (string Name, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var bus = new InProcessBus();
        var servers = new List<TestServer>();
        for (var i = 0; i < 2; i++)
            servers.Add(await TestServer.StartAsync(database.Settings, tell ? bus : new InProcessBus(),
                [("Chat:FanOut:HeadCheckMilliseconds", "300"), .. settings]));
        return new PutBackSite(database, servers);
    }

    /// <summary>The entries of all conversations after this sequence are gone, and the users added in one.</summary>
    public async Task CutAsync(long after)
    {
        var last = after.ToString(CultureInfo.InvariantCulture);
        // One transaction, as all is gone at once.
        await _database.ExecuteAsync(
            $"""
            begin;
            delete from participants where joined_at > (select max(created_at) from messages m
                where m.conversation_id = participants.conversation_id and m.sequence <= {last});
            delete from messages where sequence > {last};
            update conversations set last_sequence = {last}, last_entry_at = (select created_at from messages m
                where m.conversation_id = conversations.id and m.sequence = {last})
             where last_sequence > {last};
            commit
            """);
    }

    public async Task<string> GenerationAsync() => Assert.Single(await _database.QueryAsync(
        _database.Settings.Kind == DatabaseKind.Postgres
            ? "select replace(generation::text, '-', '') from deployment"
            : "select lower(hex(generation)) from deployment"));

    /// <summary>How often an instance saw that the log was put back.</summary>
    public static async Task<string> ChangesAsync(TestServer server)
    {
        var metrics = await server.Operators.GetStringAsync("/metrics");
        return metrics.Split('\n').SingleOrDefault(
            line => line.StartsWith("chat_log_generations_total ", StringComparison.Ordinal))?.Split(' ')[1] ?? "0";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers) await server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
