using System.Globalization;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Specs.Transports;

/// <summary>The stock .NET client with the MessagePack protocol, through a proxy, so that it can be cut.</summary>
internal sealed class MessagePackTestClient : ITestClient
{
    private readonly FaultProxy _proxy;
    private readonly HubConnection _hub;
    private readonly Inbox<Seen> _messages = new();

    private MessagePackTestClient(TestServer server, string user)
    {
        User = user;
        _proxy = new FaultProxy(server.Url);
        _hub = StockHub.Build(_proxy.Address, user);
        _hub.On<Dictionary<string, object?>>("MessageReceived", message => _messages.Add(new Seen(
            Convert.ToInt64(message["sequence"], CultureInfo.InvariantCulture),
            (string)message["senderId"]!,
            (string?)message["body"])));
    }

    public string User { get; }

    public static async Task<ITestClient> ConnectAsync(TestServer server, string user)
    {
        var client = new MessagePackTestClient(server, user);
        await client._hub.StartAsync().WaitAsync(Bounds.Wait);
        return client;
    }

    public Task JoinAsync(ConversationId conversation, long? after = null) => TranslateAsync(() => after is null
        ? _hub.InvokeAsync("Join", conversation.ToString())
        : _hub.InvokeAsync("Join", conversation.ToString(), after));

    public Task LeaveAsync(ConversationId conversation) =>
        TranslateAsync(() => _hub.InvokeAsync("Leave", conversation.ToString()));

    public Task SendAsync(ConversationId conversation, string body, string? dedupeKey = null) => TranslateAsync(() =>
        dedupeKey is null
            ? _hub.InvokeAsync("Send", conversation.ToString(), body)
            : _hub.InvokeAsync("Send", conversation.ToString(), body, new { dedupeKey }));

    public Task<Seen> NextAsync() => _messages.NextAsync();

    public async Task CutAsync()
    {
        var closed = new TaskCompletionSource();
        _hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        _proxy.Cut();
        await closed.Task.WaitAsync(Bounds.Wait);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    private static async Task TranslateAsync(Func<Task> call)
    {
        try
        {
            await call().WaitAsync(Bounds.Wait);
        }
        catch (HubException e)
        {
            var error = ChatError.FromHubText(e.Message)!;
            throw new RefusedException(error.Code.ToWire(), error.Message);
        }
    }
}
