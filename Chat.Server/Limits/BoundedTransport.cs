using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Chat.Server.Limits;

/// <summary>Listens as the framework does, and keeps all listeners together below the sockets that there is room
/// for.</summary>
/// <remarks>A process that is out of files is ended by its runtime ("Out of memory"), so it must not come to that. The
/// web server's own bound would not do: it closes what is too much later than it accepts the next.</remarks>
internal sealed class BoundedTransport(SocketTransportFactory inner, ConnectionRoom room, LimitMetrics metrics)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketCount _all = new();

    public bool CanBind(EndPoint endpoint) => inner.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await inner.BindAsync(endpoint, cancellationToken), room, _all, metrics);
}
