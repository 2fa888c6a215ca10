using System.Net;
using System.Net.Sockets;
using Chat.Server.Configuration;

namespace Chat.Server.Operators;

/// <summary>Where operators are listened to.</summary>
internal static class OperatorsUrl
{
    private const int Apart = 1_000, Unless = 9_080;

    public static bool IsValid(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.Host.Length > 0 && address.PathBase.Length == 0
                && !address.IsUnixPipe && !address.IsNamedPipe;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <param name="wanted">The setting; empty unless it is set.</param>
    /// <param name="main">The first address of the server itself; null when that is not known.</param>
    /// <returns>The URL; with port 0, the system is to choose one.</returns>
    /// <exception cref="ConfigurationException">The wanted port is taken.</exception>
    public static string Resolve(string wanted, string? main = null)
    {
        if (wanted.Length > 0)
        {
            var port = BindingAddress.Parse(wanted).Port;
            return Bind(port) is not null
                ? wanted
                : throw new ConfigurationException(
                    $"{OperatorsOptions.Section}:Url: port {port} is already in use; name a free one");
        }
        var beside = Beside(main);
        return $"http://127.0.0.1:{(Bind(beside) is null ? 0 : beside)}";
    }

    /// <summary>The same URL, where the port has to be known before the server listens.</summary>
    public static string WithPort(string url) => BindingAddress.Parse(url).Port == 0
        ? url[..^1] + Bind(0)
        : url;

    /// <summary>The same port at every start, so that bookmarks hold; far enough from the server's own that its
    /// neighbours' are not taken.</summary>
    private static int Beside(string? main)
    {
        if (main is null || BindingAddress.Parse(main) is not { IsUnixPipe: false } address) return Unless;
        if (address.Port == 0) return 0;
        return address.Port + Apart <= IPEndPoint.MaxPort ? address.Port + Apart : address.Port - Apart;
    }

    /// <returns>The port, free a moment ago; null when it is taken.</returns>
    private static int? Bind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
