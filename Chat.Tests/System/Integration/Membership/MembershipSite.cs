using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Membership;

/// <summary>Instances on one database, with so little memory that readers often read from the log.</summary>
internal sealed class MembershipSite : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private MembershipSite(TestDatabase database, TestServer[] servers) => (_database, Servers) = (database, servers);

    public IReadOnlyList<TestServer> Servers { get; }

    public TestDatabase Database => _database;

    /// <param name="kind">Of the database.</param>
    /// <param name="instances">How many. They hear of each other through the database only, unless settings name a
    /// Redis.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<MembershipSite> StartAsync(
        DatabaseKind kind, int instances, params (string Name, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(kind);
        return new MembershipSite(database, await Task.WhenAll(Enumerable.Range(0, instances).Select(_ =>
            TestServer.StartAsync(database.Settings, new InProcessBus(), Patient,
            [
                ("Chat:FanOut:FeedCapacity", "16"), ("Chat:FanOut:CatchUpPage", "16"),
                ("Chat:FanOut:BlockBytes", "16384"), ("Chat:FanOut:HeadCheckMilliseconds", "100"),
                ("Chat:FanOut:WriteTimeoutSeconds", "300"),
                ("Chat:RawSocket:PingSeconds", "300"), // who is paused answers none
                .. settings,
            ]))));
    }

    /// <summary>Instances that tell each other over Redis.</summary>
    public static async Task<MembershipSite> StartOnRedisAsync(DatabaseKind kind, int instances)
    {
        var redis = await RedisServer.SharedAsync();
        return await StartAsync(kind, instances, ("ConnectionStrings:Redis", redis.Url),
            ("Chat:Backplane:ChannelPrefix", $"membership-{Guid.NewGuid():N}"));
    }

    /// <summary>Fails, and names the seed, where a run says what is wrong, throws, or has a server log an
    /// error.</summary>
    public async Task HoldsAsync(int seed, Func<Task<string?>> runAsync)
    {
        string? problem;
        try
        {
            problem = await runAsync();
        }
        catch (Exception e)
        {
            problem = e.ToString();
        }
        var errors = string.Concat(Servers.Select(server => server.TakeErrors()));
        Assert.True(problem is null && errors.Length == 0, $"{Seeds.Name}={seed}: {problem} {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers) await server.DisposeAsync();
        await _database.DisposeAsync();
    }

    // The clients of these tests send no pings.
    private static void Patient(IServiceCollection services) =>
        services.Configure<HubOptions>(options => options.ClientTimeoutInterval = Bounds.Run);
}
