using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Ports for servers that are stopped and started again at the same address.</summary>
internal static class FreePort
{
    // Below those that Linux gives to outgoing connections: while the server is down, none of these can take its port
    // (or connect to itself there).
    private const int First = 14_000, Last = 32_000;

    // A server that is down, or is not up yet, still owns its port.
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port that nobody uses now, and that no other test of this process was given.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (!Given.TryAdd(port, true)) continue;
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // the next one
            }
        }
    }
}
