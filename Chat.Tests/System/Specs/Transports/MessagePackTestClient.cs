using System.Globalization;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Specs.Transports;

/// <summary>The stock .NET client with the MessagePack protocol.</summary>
internal sealed class MessagePackTestClient : ProxiedHubClient
{
    private readonly HubConnection _hub;

    private MessagePackTestClient(TestServer server, string user) : base(server, user)
    {
        _hub = StockHub.Build(Address, user);
        _hub.On<Dictionary<string, object?>>("MessageReceived", message => OnMessage(
            Convert.ToInt64(message["sequence"], CultureInfo.InvariantCulture),
            (string)message["senderId"]!,
            (string?)message["body"]));
        _hub.Closed += OnClosed;
    }

    public static async Task<ITestClient> ConnectAsync(TestServer server, string user)
    {
        var client = new MessagePackTestClient(server, user);
        await client._hub.StartAsync().WaitAsync(Bounds.Wait);
        return client;
    }

    protected override Task CallJoinAsync(ConversationId conversation, long? after) => after is null
        ? _hub.InvokeAsync("Join", conversation.ToString())
        : _hub.InvokeAsync("Join", conversation.ToString(), after);

    protected override Task CallLeaveAsync(ConversationId conversation) =>
        _hub.InvokeAsync("Leave", conversation.ToString());

    protected override Task CallSendAsync(ConversationId conversation, string body, string? dedupeKey) =>
        dedupeKey is null
            ? _hub.InvokeAsync("Send", conversation.ToString(), body)
            : _hub.InvokeAsync("Send", conversation.ToString(), body, new { dedupeKey });

    protected override ChatError? RefusalOf(Exception failure) =>
        failure is HubException e ? ChatError.FromHubText(e.Message)! : null;

    protected override ValueTask DisposeHubAsync() => _hub.DisposeAsync();
}
