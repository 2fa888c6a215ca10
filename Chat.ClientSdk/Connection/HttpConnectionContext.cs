using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Abstractions;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.ClientSdk.Connection;

/// <summary>A running transport as SignalR's client wants to see it.</summary>
internal sealed class HttpConnectionContext : ConnectionContext, IConnectionInherentKeepAliveFeature
{
    private readonly ITransport _transport;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _closing;
    private int _disposed;

    public HttpConnectionContext(ITransport transport, HttpClient http, string? connectionId)
    {
        (_transport, _http) = (transport, http);
        // Null without negotiation, as in the stock client: the server does not tell the id.
        ConnectionId = connectionId!;
        Features.Set<IConnectionInherentKeepAliveFeature>(this);
        if (transport is WebSocketTransport { Stateful: true } stateful) Features.Set<IStatefulReconnectFeature>(stateful);
        _closing = CancelWhenEndedAsync();
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport
    {
        get => _transport.Pipe;
        set => throw new NotSupportedException("A connection keeps its transport.");
    }

    public override CancellationToken ConnectionClosed
    {
        get => _closed.Token;
        set => throw new NotSupportedException("A connection tells itself when it is closed.");
    }

    /// <summary>Polls come and go by themselves, so no pings are needed; a WebSocket needs them.</summary>
    public bool HasInherentKeepAlive => _transport is LongPollingTransport;

    public override void Abort(ConnectionAbortedException abortReason) => _transport.Abort();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _transport.StopAsync().ConfigureAwait(false);
            _http.Dispose();
        }
        await _closing.ConfigureAwait(false);
    }

    private async Task CancelWhenEndedAsync()
    {
        await _transport.Ended.ConfigureAwait(false);
        await _closed.CancelAsync().ConfigureAwait(false);
    }
}
