using System.Net;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Where Redis is and how to log in: one server, a Redis Cluster, or the sentinels that know the server.
/// </summary>
internal sealed record RedisSettings(ConfigurationOptions Options)
{
    private const int DefaultPort = 6379, SentinelPort = 26379;

    /// <summary>For people: the places, without passwords.</summary>
    public string Describe()
    {
        var places = string.Join(", ", Options.EndPoints.Select(Describe));
        return Options.ServiceName is { Length: > 0 } service ? $"{service} of sentinels {places}" : places;
    }

    /// <summary>A record would print the options, and with them the password.</summary>
    public override string ToString() => Describe();

    private string Describe(EndPoint place)
    {
        var (host, port) = place switch
        {
            DnsEndPoint dns => (dns.Host, dns.Port),
            IPEndPoint ip => (ip.Address.ToString(), ip.Port),
            _ => (place.ToString() ?? "", 0),
        };
        if (port == 0) port = Options.ServiceName is { Length: > 0 } ? SentinelPort : DefaultPort;
        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
    }
}
