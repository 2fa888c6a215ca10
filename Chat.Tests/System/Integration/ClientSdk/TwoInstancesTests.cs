using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Instances;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>Clients on different instances, each with a network that cuts at random: what both show is the
/// log.</summary>
[Collection(Heavy.Name)]
public sealed class TwoInstancesTests
{
    private const int Messages = 500;

    [Fact]
    public Task Both_show_the_log() => RunAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task Both_show_the_log_on_PostgreSQL() => RunAsync(DatabaseKind.Postgres);

    private static async Task RunAsync(DatabaseKind kind)
    {
        await using var instances = await TwoInstances.StartAsync(kind);
        await using var ann = await Side.ConnectAsync(instances.A, "ann", seed: 1);
        await using var ben = await Side.ConnectAsync(instances.B, "ben", seed: 2);
        var group = await ann.Client.CreateGroupAsync("ben");
        foreach (var side in new[] { ann, ben }) await side.OpenAsync(group);

        await Task.WhenAll(ann.SendAsync(group), ben.SendAsync(group)).WaitAsync(Bounds.Run);

        var log = await ann.Client.LogAsync(group);
        Assert.Equal(1 + 2 * Messages, log.Count);
        foreach (var side in new[] { ann, ben })
        {
            Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{side.User} {i}"), log.Bodies(side.User));
            await side.Reader.HasAsync(log.Count);
            Assert.Equal(log.Select(entry => entry.Id), side.Reader.Entries.Select(entry => entry.Id));
            await side.View.UntilAsync(state => state.Messages.Count >= 2 * Messages && state.Pending.Count == 0);
            Assert.Equal(log.Skip(1).Select(entry => entry.Id),
                side.View.State.Messages.Select(message => message.Entry.Id));
            Assert.True(side.Cuts >= 10, $"{side.User} was cut {side.Cuts} times");
        }
    }

    /// <summary>One client, its network, and what it shows.</summary>
    private sealed class Side : IAsyncDisposable
    {
        private readonly FaultProxy _network;
        private readonly Random _random;

        private Side(FaultProxy network, ChatClient client, string user, int seed) =>
            (_network, Client, User, _random) = (network, client, user, new Random(seed));

        public string User { get; }

        public ChatClient Client { get; }

        public Consumer Reader { get; private set; } = null!;

        public ConversationView View { get; private set; } = null!;

        public int Cuts => _network.Cuts;

        public static async Task<Side> ConnectAsync(TestServer instance, string user, int seed)
        {
            var network = new FaultProxy(instance.Url);
            return new Side(network, await Live.ConnectAsync(network.Address, user), user, seed);
        }

        public async Task OpenAsync(ConversationId group)
        {
            Reader = new Consumer(Client.ReadAsync(group, after: 0));
            View = await Client.OpenViewAsync(group, new ConversationViewOptions { MaxMessages = 3 * Messages })
                .WaitAsync(Bounds.Run);
        }

        public async Task SendAsync(ConversationId group)
        {
            var sends = new List<Task>();
            for (var i = 0; i < Messages; i++)
            {
                // At any byte of what comes or goes, the negotiation of the next connection included.
                if (i % 25 == 0 && i % 2 == 0) _network.CutAfter(_random.Next(4_000));
                else if (i % 25 == 0) _network.CutAfterFromClient(_random.Next(2_000));
                sends.Add(Client.SendAsync(group, $"{User} {i}"));
                if (i % 25 == 24) await Task.WhenAll(sends);
            }
            _network.CutAfter(long.MaxValue);
            _network.CutAfterFromClient(long.MaxValue);
            await Task.WhenAll(sends);
        }

        public async ValueTask DisposeAsync()
        {
            await View.DisposeAsync();
            await Reader.DisposeAsync();
            await Client.DisposeAsync();
            await _network.DisposeAsync();
        }
    }
}
