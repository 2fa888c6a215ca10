using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>A hub connection through a proxy, so that it can be cut.</summary>
internal sealed class HubTestClient : ITestClient
{
    private readonly FaultProxy _proxy;
    private readonly ChatHubConnection _hub;
    private readonly Inbox<Seen> _messages = new();

    private HubTestClient(TestServer server, string user)
    {
        User = user;
        _proxy = new FaultProxy(server.Url);
        _hub = new ChatHubConnection(
            ChatClientOptions.ForServer(_proxy.Address) with { UserId = UserId.Parse(user), Reconnect = null });
        _hub.OnMessage(message => _messages.Add(new Seen(message.Sequence, message.SenderId.Value, message.Body)));
    }

    public string User { get; }

    public static async Task<ITestClient> ConnectAsync(TestServer server, string user)
    {
        var client = new HubTestClient(server, user);
        await client._hub.StartAsync();
        return client;
    }

    public Task JoinAsync(ConversationId conversation, long? after = null) =>
        TranslateAsync(() => _hub.JoinAsync(conversation, after));

    public Task LeaveAsync(ConversationId conversation) => TranslateAsync(() => _hub.LeaveAsync(conversation));

    public Task SendAsync(ConversationId conversation, string body, string? dedupeKey = null) =>
        TranslateAsync(() => _hub.SendAsync(conversation, body, new SendOptions { DedupeKey = dedupeKey }));

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
        catch (ChatRefusedException e)
        {
            throw new RefusedException(e.Code.ToWire(), e.Error.Message);
        }
    }
}
