using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.ClientSdk.Link;

public sealed class ChatClientTelemetryTests
{
    [Fact]
    public async Task The_link_counts_connects_failures_losses_and_states()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var measured = new RecordedMetrics(factory);
        await using var link = new LinkHarness(options => options with { MeterFactory = factory });
        link.Connector.Answer(ChatLinkTests.Refused(System.Net.HttpStatusCode.BadGateway));
        link.Link.Start();
        await link.Connector.NextAsync();
        await link.PassWaitAsync();
        var connection = await link.Connector.NextAsync();
        await link.States.UntilAsync(ConnectionState.Connected);
        connection.Push(new Push.Entry(DrainTests.Message(1)));
        Assert.Equal((1, 1, 1),
            (measured["chat.client.connects"], measured["chat.client.connect.failures"],
                measured["chat.client.entries"]));
        Assert.Equal((0, 1), (measured["chat.client.clients[connecting]"], measured["chat.client.clients[connected]"]));
        connection.Lose();
        await link.PassWaitAsync();
        await link.States.UntilAsync(ConnectionState.Connected);
        Assert.Equal((1, 1, 1),
            (measured["chat.client.losses"], measured["chat.client.reconnect.duration"],
                measured["chat.client.clients[connected]"]));
        await link.Link.StopAsync();
        Assert.Equal((0, 0),
            (measured["chat.client.clients[connected]"], measured["chat.client.clients[reconnecting]"]));
    }

    [Fact]
    public async Task A_call_is_a_span_that_says_when_it_failed()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ChatClientTelemetry.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var connector = new ScriptedConnector { Hold = true };
        await using var chat = new ChatClient(new ChatClientOptions { Url = new Uri("http://test.invalid/") },
            connector);
        using var mine = new Activity("test").Start();
        await chat.StartAsync();
        var connection = await connector.NextAsync();
        connection.Script.Respond = method => method == "History" ? Task.FromResult<object?>(new HistoryPage([], 0))
            : Task.FromException<object?>(new ChatRefusedException(new ChatError(ChatErrorCode.Forbidden, "no")));
        connection.Answer(null);
        await chat.HistoryAsync(ConversationId.Lobby);
        await Assert.ThrowsAsync<ChatRefusedException>(() => chat.ConversationsAsync());
        var own = spans.Where(span => span.TraceId == mine.TraceId).ToDictionary(span => span.OperationName);
        Assert.Equal(ActivityStatusCode.Unset, own["chat.client History"].Status);
        Assert.Equal(ActivityStatusCode.Error, own["chat.client Conversations"].Status);
        Assert.Equal(nameof(ChatRefusedException), own["chat.client Conversations"].GetTagItem("error.type"));
    }
}
