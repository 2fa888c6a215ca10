using System.Text;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>The SDK's hub connection.</summary>
internal sealed class SdkClient(IDeliverySink sink) : LoadClient
{
    private ChatHubConnection? _hub;
    private volatile bool _disposed;

    private ChatHubConnection Hub => _hub ?? throw new InvalidOperationException("the client is not connected");

    public override async Task<long> JoinAsync(ConversationId conversation, long? after, CancellationToken ct) =>
        (await Hub.JoinAsync(conversation, after, ct)).Head;

    public override ValueTask SendAsync(
        ConversationId conversation, ReadOnlyMemory<byte> body, int number, CancellationToken ct)
    {
        // reports its failures itself
        _ = FinishAsync(Hub.SendAsync(conversation, Encoding.ASCII.GetString(body.Span), ct: ct), number);
        return default;
    }

    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        return Hub.DisposeAsync();
    }

    protected override async Task OpenAsync(LoadTarget target, UserId user, int receiveBuffer, CancellationToken ct)
    {
        _hub = new ChatHubConnection(
            new ChatClientOptions
            {
                Url = target.Hub, UserId = user, Transports = ChatTransports.WebSockets, SkipNegotiation = true,
                Reconnect = null
            });
        _hub.OnMessage(message => sink.OnEntry(message.Sequence, Encoding.ASCII.GetBytes(message.Body ?? "")));
        _hub.OnEntry(entry => sink.OnEntry(entry.Sequence, default));
        _hub.Closed += e =>
        {
            if (!_disposed) sink.OnProblem($"connection lost: {e?.Message}");
            return Task.CompletedTask;
        };
        await _hub.StartAsync(ct);
    }

    private async Task FinishAsync(Task sent, int number)
    {
        try
        {
            await sent;
            sink.OnAcknowledged(number);
        }
        catch (Exception e)
        {
            sink.OnProblem(e.Message);
        }
    }
}
