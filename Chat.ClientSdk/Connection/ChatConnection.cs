using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.ClientSdk.Connection;

/// <summary>SignalR's connection, whose end has a reason and comes within a bound.</summary>
internal sealed class ChatConnection : ConnectionContext, IDuplexPipe
{
    private readonly HttpConnection _inner;
    private readonly ConnectionHttp _http;
    private readonly SocketDialer _dialer;
    private readonly ChatClientOptions _options;
    private readonly CancellationTokenSource _closed = new();
    private readonly ExplainedReader _input;

    public ChatConnection(HttpConnection inner, ConnectionHttp http, SocketDialer dialer, ChatClientOptions options)
    {
        (_inner, _http, _dialer, _options) = (inner, http, dialer, options);
        _input = new ExplainedReader(inner.Transport.Input, dialer, _closed);
    }

    public override string ConnectionId
    {
        get => _inner.ConnectionId!; // null without negotiation: the server does not send the id
        set => throw new NotSupportedException("A connection keeps its id.");
    }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items
    {
        get => _inner.Items;
        set => _inner.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("A connection keeps its transport.");
    }

    public override CancellationToken ConnectionClosed
    {
        get => _closed.Token;
        set => throw new NotSupportedException("A connection tells itself when it is closed.");
    }

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _inner.Transport.Output; // replaced at each stateful reconnect

    public override void Abort(ConnectionAbortedException abortReason) => _ = CutAsync();

    public override async ValueTask DisposeAsync()
    {
        await _dialer.EndAsync().ConfigureAwait(false);
        var disposing = _inner.DisposeAsync().AsTask();
        try
        {
            await disposing.WaitAsync(_options.CloseTimeout, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) // it waits for the answer to its last request
        {
            await _http.CutAsync().ConfigureAwait(false);
            await disposing.ConfigureAwait(false);
        }
        _http.Dispose();
    }

    private async Task CutAsync()
    {
        await _dialer.EndAsync().ConfigureAwait(false);
        await _http.CutAsync().ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }
}
