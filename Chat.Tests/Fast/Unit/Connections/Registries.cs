using System.Net;
using Chat.Server.Connections;
using Chat.Server.Limits;
using Chat.Server.Presence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Connections;

/// <summary>Registries of open connections, without limits unless a test has some.</summary>
internal static class Registries
{
    public static readonly LimitsOptions Off = new() { Factor = 0 };

    public static ConnectionRegistry Create(
        LocalPresence presence, MetricsHarness metrics, LimitsOptions? options = null, TimeProvider? time = null)
    {
        var counts = new LimitMetrics(metrics.Factory);
        return new ConnectionRegistry(presence, Limit(options ?? Off, counts),
            new CallLimits(options ?? Off, counts, time ?? TimeProvider.System), Rooms.ForConnections(),
            metrics.Metrics);
    }

    public static ConnectionLimit Limit(
        LimitsOptions options, LimitMetrics counts, long? files = null, params IPNetwork[] proxies) =>
        new(options, new ConnectionRoom(options, files), new CountedAddresses(proxies), counts);
}
