using Chat.Contracts.Identifiers;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Server.Webhooks;
using Chat.Server.Webhooks.Posting;
using Chat.Server.Webhooks.Store;
using Chat.Tests.Fixtures.Observing;
using Chat.Tests.Specs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;

namespace Chat.Tests.Integration.Webhooks;

/// <summary>Instances that are killed while they post.</summary>
public abstract class WebhookKillSpec : StoreSpec
{
    // CH-297
    [SpecFact]
    public async Task After_kills_nothing_is_missing_and_all_is_in_order()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var http = new WebhookHttp(TimeProvider.System);
        var metrics = new WebhookMetrics(services.GetRequiredService<IMeterFactory>());
        var rooms = new List<ConversationId>();
        for (var i = 0; i < 3; i++) rooms.Add(await CreateConversationAsync());
        var told = 0;
        for (var round = 0; round < 3; round++)
        {
            foreach (var room in rooms)
                await CommitAsync([.. Enumerable.Range(0, 20).Select(_ => Drafts.Message(room))]);
            var killed = await StartAsync();
            told += 20;
            await Eventually.HoldsAsync(() => receiver.Ids.Count >= told); // in the middle
            await killed.KillAsync();
            await killed.DisposeAsync();
            await Database.ExecuteAsync("update observers set leased_until = "
                + (Kind == DatabaseKind.Sqlite ? "0" : "'2000-01-01'") + " where leased_until is not null");
        }
        await using (await StartAsync())
            await Eventually.HoldsAsync(() => rooms.TrueForAll(room => receiver.At(room.ToString()) == 61));
        receiver.Check();
        Assert.Equal(3 * 61, receiver.Ids.Count);

        Task<ObserverInstance> StartAsync()
        {
            var stores = AnotherInstance();
            var store = new WebhookStore(stores.Database);
            var webhook = new WebhookObserver(
                new WebhookSettings("orders", new Uri(receiver.Address), [WebhookSecret.Read(EventReceiver.Secret)!]),
                new WebhookHealth("orders", store, TimeProvider.System, NullLogger<WebhookHealth>.Instance),
                new WebhookConversations(store), http, metrics);
            var seen = new SeenEntries { MayHaveHoles = true, OnCall = webhook.OnAsync };
            return ObserverInstance.StartAsync(
                stores, seen, options => (options.BatchSize, options.Concurrency) = (1, 3), "webhook/orders");
        }
    }
}

public sealed class SqliteWebhookKillTests : WebhookKillSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresWebhookKillTests : WebhookKillSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
