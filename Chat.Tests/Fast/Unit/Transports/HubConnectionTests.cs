using System.Net;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Limits;
using Chat.Server.Presence;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Connections;
using Chat.Tests.Unit.Presence;
using FluentAssertions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Transports;

/// <summary>CH-24 on the hub: the order of a connection's calls, and what it costs a message.</summary>
public sealed class HubConnectionTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void A_call_that_has_its_place_at_once_makes_no_object()
    {
        using var connection = Open();
        var stored = new TaskCompletionSource<int>();
        Func<ValueTask<Task<int>>> enqueue = () => new(stored.Task);
        connection.EnqueueInOrderAsync(enqueue).Should().BeSameAs(stored.Task);
        Allocations.BytesOf(() => connection.EnqueueInOrderAsync(enqueue)).Should().Be(0);
    }

    [Fact]
    public async Task Calls_behind_one_that_waits_for_its_place_begin_after_it_in_their_order()
    {
        using var connection = Open();
        var (begun, first) = (new List<int>(), new TaskCompletionSource<Task<int>>());
        var answers = Enumerable.Range(0, 5).Select(i => connection.EnqueueInOrderAsync(async () =>
        {
            begun.Add(i);
            return i == 0 ? await first.Task : Task.FromResult(i);
        })).ToList();
        begun.Should().Equal(0);
        first.SetResult(Task.FromResult(0));
        (await Task.WhenAll(answers).WaitAsync(Bounds.Wait)).Should().Equal(0, 1, 2, 3, 4);
        begun.Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public async Task A_refused_call_is_in_nobodys_way()
    {
        using var connection = Open();
        var refused = connection.EnqueueInOrderAsync<int>(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("no");
        });
        var behind = connection.EnqueueInOrderAsync(() => new ValueTask<Task<int>>(Task.FromResult(1)));
        await refused.Invoking(task => task.WaitAsync(Bounds.Wait)).Should().ThrowAsync<InvalidOperationException>();
        (await behind.WaitAsync(Bounds.Wait)).Should().Be(1);
    }

    private HubConnection Open()
    {
        var presence = new PresenceNetwork(_time).Start(new PresenceOptions());
        var registry = Registries.Create(presence.Local, _metrics, new LimitsOptions(), _time, IdentityMode.Open);
        var hub = new HubConnectionContext(
            new DefaultConnectionContext("one"), new HubConnectionContextOptions(), NullLoggerFactory.Instance)
        {
            Protocol = new JsonHubProtocol()
        };
        var caller = new Caller(UserId.Parse("ann").Key());
        var writer = new HubWriter(caller.User, hub, socket: null, body: null, null!);
        var connection = new HubConnection(caller, "one", writer, _time);
        registry.Open(connection, IPAddress.Loopback);
        return connection;
    }
}
