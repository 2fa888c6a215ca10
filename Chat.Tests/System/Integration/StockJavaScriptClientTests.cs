using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;

namespace Chat.Tests.Integration;

/// <summary>@microsoft/signalr from npm, as it is, in Node; with @microsoft/signalr-protocol-msgpack too.</summary>
public sealed class StockJavaScriptClientTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int ItsChoice = 0, WebSockets = 1, ServerSentEvents = 2, LongPolling = 4;

    // CH-20, CH-21
    [NodeTheory]
    [InlineData(ItsChoice, "json")]
    [InlineData(WebSockets, "json")]
    [InlineData(ServerSentEvents, "json")]
    [InlineData(LongPolling, "json")]
    [InlineData(ItsChoice, "messagepack")]
    [InlineData(WebSockets, "messagepack")]
    [InlineData(LongPolling, "messagepack")]
    public async Task It_joins_sends_is_refused_with_codes_and_resumes_after_cuts_with_nothing_lost_or_repeated(
        int transport, string protocol)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var user = TransportSpec.Unique("node");
        await using var hub = await server.ConnectHubAsync("friend");
        var conversation = (await hub.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("friend"), UserId.Parse(user)] })).Id;
        await using var proxy = new FaultProxy(server.Url);
        await using var node = await NodeClient.StartAsync(proxy.Address, user, conversation, transport, protocol);

        Assert.Equal(1, (await node.UntilAsync("joined")).GetProperty("head").GetInt64());
        var (receipt, first) = (0L, 0L);
        var refusals = new List<ChatErrorCode>();
        while (receipt == 0 || first == 0 || refusals.Count < 3) // the echo may come before or after any answer
        {
            var (name, value) = await node.NextAsync();
            if (name == "receipt") receipt = value.GetProperty("sequence").GetInt64();
            else if (name == "message") first = value.GetProperty("sequence").GetInt64();
            else if (name == "refused") refusals.Add(ChatError.FromHubText(value.GetString()!)!.Code);
            else Assert.Fail($"{name}: {value}");
        }
        Assert.Equal((2, 2), (receipt, first));
        Assert.Equal([ChatErrorCode.Forbidden, ChatErrorCode.BadRequest, ChatErrorCode.BadRequest], refusals);

        const int messages = 100, ahead = 10;
        var sent = 0;
        for (; sent < ahead; sent++) await hub.SendAsync(conversation, $"{sent}");
        for (var expected = 3; expected < messages + 3; expected++)
        {
            Assert.Equal(expected, (await node.UntilAsync("message")).GetProperty("sequence").GetInt64());
            if (expected % 30 == 0) proxy.Cut();
            // Always some under way, so that each cut hits the middle of a conversation.
            if (sent < messages) await hub.SendAsync(conversation, ++sent == messages ? "end" : $"{sent}");
        }
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await node.UntilAsync("closed")).ValueKind);
        Assert.Equal(0, await node.ExitAsync());
    }
}
