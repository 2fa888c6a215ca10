using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A hub connection that reconnects by itself and resumes after the last sequence it saw.</summary>
internal sealed class ResumingHub : IAsyncDisposable
{
    private readonly ChatHubConnection _hub;
    private readonly ConversationId _conversation;

    private ResumingHub(ChatHubConnection hub, ConversationId conversation)
    {
        (_hub, _conversation) = (hub, conversation);
        hub.OnMessage(message => Seen.Add(message.Sequence));
        hub.OnEntry(entry => Seen.Add(entry.Sequence));
        hub.Reconnected += async _ =>
        {
            try
            {
                await JoinAsync();
            }
            catch (ChatDisconnectedException)
            {
                // Lost again meanwhile: the next reconnect joins.
            }
        };
    }

    public SeenSequences Seen { get; } = new();

    public static async Task<ResumingHub> StartAsync(
        Uri server, string user, ConversationId conversation, Func<ChatClientOptions, ChatClientOptions>? change = null)
    {
        // Comes back within the bounds of tests, however often it was refused while servers restarted.
        var reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(500)
        };
        var options = ChatClientOptions.ForServer(server) with { UserId = UserId.Parse(user), Reconnect = reconnect };
        var hub = new ResumingHub(new ChatHubConnection(change?.Invoke(options) ?? options), conversation);
        await hub._hub.StartAsync();
        await hub.JoinAsync();
        return hub;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private Task JoinAsync() => _hub.JoinAsync(_conversation, Seen.Last);
}
