using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Observers;

/// <summary>Observers of whole servers.</summary>
public sealed class ObserverTests
{
    // CH-280, CH-281
    [PostgresFact]
    public async Task What_either_of_two_servers_stores_is_shown_and_one_goes_on_for_the_other()
    {
        var seen = new SeenEntries();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        // They know nothing of each other but by the database.
        var first = await StartAsync(database, seen);
        await using var second = await StartAsync(database, seen);
        await using var ann = await first.ConnectHubAsync("ann");
        await using var ben = await second.ConnectHubAsync("ben");
        var group = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")] })).Id;
        for (var i = 0; i < 10; i++)
        {
            await ann.SendAsync(group, $"from ann {i}");
            await ben.SendAsync(group, $"from ben {i}");
        }
        await seen.HasAsync(all => all.At(group) == 21);
        var one = Assert.Single([first, second], server =>
            server.Services.GetRequiredService<ObserverHost>().RunsSome);
        Assert.Contains("chat_observer_entries_behind{observer=\"seen\"}",
            await one.Operators.GetStringAsync("/metrics"), StringComparison.Ordinal);

        await first.DisposeAsync();
        await ben.SendAsync(group, "the last");

        await seen.HasAsync(all => all.At(group) == 22);
        seen.Check();
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("good", 0, 1)]
    [InlineData("good", 5_001, 1)]
    [InlineData("good", 1, 0)]
    [InlineData("good", 1, 65)]
    [InlineData("taken", 1, 1)]
    public void What_cannot_be_is_refused(string name, int batch, int concurrency)
    {
        var services = new ServiceCollection();
        services.AddObserver<SeenObserver>("taken");
        Assert.Throws<ArgumentException>(() => services.AddObserver<SeenObserver>(name, options =>
            (options.BatchSize, options.Concurrency) = (batch, concurrency)));
    }

    private static Task<TestServer> StartAsync(TestDatabase database, SeenEntries seen) => TestServer.StartAsync(
        database.Settings, new InProcessBus(),
        services => services.AddSingleton(seen).AddObserver<SeenObserver>("seen",
            options => options.Start = ChatStart.Beginning));

    private sealed class SeenObserver(SeenEntries seen) : IChatObserver
    {
        public Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct) =>
            seen.ShowAsync(entries, ct);
    }
}
