using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs.Transports;

/// <summary>The .NET SDK's hub connection, which speaks JSON.</summary>
internal sealed class HubTestClient : ProxiedHubClient
{
    private readonly ChatHubConnection _hub;

    private HubTestClient(TestServer server, string user) : base(server, user)
    {
        _hub = new ChatHubConnection(
            ChatClientOptions.ForServer(Address) with { UserId = UserId.Parse(user), Reconnect = null });
        _hub.OnMessage(message => OnMessage(message.Sequence, message.SenderId.Value, message.Body));
        _hub.Closed += OnClosed;
    }

    public static async Task<ITestClient> ConnectAsync(TestServer server, string user)
    {
        var client = new HubTestClient(server, user);
        await client._hub.StartAsync();
        return client;
    }

    protected override Task CallJoinAsync(ConversationId conversation, long? after) =>
        _hub.JoinAsync(conversation, after);

    protected override Task CallLeaveAsync(ConversationId conversation) => _hub.LeaveAsync(conversation);

    protected override Task CallSendAsync(ConversationId conversation, string body, string? dedupeKey) =>
        _hub.SendAsync(conversation, body, new SendOptions { DedupeKey = dedupeKey });

    protected override ChatError? RefusalOf(Exception failure) => (failure as ChatRefusedException)?.Error;

    protected override ValueTask DisposeHubAsync() => _hub.DisposeAsync();
}
