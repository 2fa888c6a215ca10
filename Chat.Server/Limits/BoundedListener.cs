using System.Net;
using Chat.Server.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Chat.Server.Limits;

/// <summary>One listener. A socket that there is no room for is closed before the next is accepted.</summary>
internal sealed class BoundedListener(
    IConnectionListener inner, ConnectionRoom room, SocketCount all, LimitMetrics metrics)
    : IConnectionListener
{
    /// <summary>So many each listener has in any case: operators can look at a server that others fill.</summary>
    private const int Always = 8;

    private readonly SocketCount _own = new();

    public EndPoint EndPoint => inner.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await inner.AcceptAsync(cancellationToken) is { } socket)
        {
            if (all.Open < room.Sockets || _own.Open < Always)
            {
                Count(socket);
                DirectOutput.Install(socket);
                return socket;
            }
            metrics.Refused(LimitKind.Sockets);
            socket.Abort();
            await socket.DisposeAsync();
        }
        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Count(ConnectionContext socket)
    {
        all.Add();
        _own.Add();
        socket.ConnectionClosed.UnsafeRegister(static state =>
        {
            var listener = (BoundedListener)state!;
            listener._own.Remove();
            listener.All.Remove();
        }, this);
    }

    private SocketCount All => all;
}
