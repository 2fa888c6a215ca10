using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Sockets;

/// <summary>Lets a connection leave HTTP. A request that was answered with 101 names who has the connection from then
/// on. When the web server's part is over, that one is called, and nothing of HTTP is kept for it.</summary>
/// <remarks>The web server ends a connection when its last step ends; this step stands around HTTP, so it decides when
/// that is. Of a request that asked for something else HTTP leaves nothing unread in the pipe, and closes
/// nothing.</remarks>
internal sealed class Handover : IConnectionHeartbeatFeature
{
    private readonly ConnectionContext _connection;
    private readonly IConnectionHeartbeatFeature _heart;

    private Action? _beat;
    private Func<Handover, Task>? _taker;

    private Handover(ConnectionContext connection, DirectOutput output, IConnectionHeartbeatFeature heart)
    {
        (_connection, Output, _heart) = (connection, output, heart);
        connection.Features.Set<IConnectionHeartbeatFeature>(this);
    }

    /// <summary>Both directions of the connection.</summary>
    public DirectOutput Output { get; }

    /// <summary>Tells its end, and can bring it about.</summary>
    public IConnectionLifetimeFeature Lifetime =>
        _connection.Features.Get<IConnectionLifetimeFeature>()!;

    /// <summary>The step around HTTP.</summary>
    public static ConnectionDelegate Around(ConnectionDelegate http) => connection =>
        connection.Transport is DirectOutput output
            && connection.Features.Get<IConnectionHeartbeatFeature>() is { } heart
            ? new Handover(connection, output, heart).RunAsync(http)
            : http(connection);

    /// <summary>That of an upgrade over HTTP/1.1 whose bytes are those of the socket.</summary>
    /// <returns>Null: something is in between, TLS for one, or other requests share the connection, or the web server
    /// is not ours.</returns>
    public static Handover? Of(HttpContext http) =>
        http.Features.Get<IConnectionHeartbeatFeature>() is Handover handover
            && http.Features.Get<IConnectionTransportFeature>()?.Transport == handover.Output
            && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            ? handover
            : null;

    /// <summary>To be called behind the 101.</summary>
    /// <param name="taker">Called when the request is over; the connection is closed when its task ends.</param>
    public void Take(Func<Handover, Task> taker) => _taker = taker;

    /// <summary>The web server's work of each second is for HTTP, and ends with it: its check of how fast an answer is
    /// taken would cut the connection.</summary>
    public void OnHeartbeat(Action<object> action, object state)
    {
        if (_beat is null) _heart.OnHeartbeat(static handover => ((Handover)handover)._beat?.Invoke(), this);
        _beat += () => action(state);
    }

    private async Task RunAsync(ConnectionDelegate http)
    {
        await http(_connection);
        var taker = _taker;
        (_beat, _taker) = (null, null);
        if (taker is not null) await taker(this);
    }
}
