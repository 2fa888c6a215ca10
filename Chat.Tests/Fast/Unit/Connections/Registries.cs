using System.Net;
using Chat.Server.Callers;
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
        LocalPresence presence, MetricsHarness metrics, LimitsOptions? options = null, TimeProvider? time = null,
        IdentityMode mode = IdentityMode.Open)
    {
        options ??= Off;
        time ??= TimeProvider.System;
        var counts = new LimitMetrics(metrics.Factory);
        var clients = new ClientAccounts(mode, new CountedAddresses([]), time);
        var limits = new ConnectionLimits(
            new ConnectionLimit(options, new ConnectionRoom(options, files: null), clients, counts),
            new CallLimits(options, new ClientLimits(options, clients, counts, time), counts, time));
        return new ConnectionRegistry(
            presence, limits, Rooms.ForConnections(), new Admission(time), metrics.Metrics);
    }

    public static ConnectionLimit Limit(
        LimitsOptions options, LimitMetrics counts, IdentityMode mode = IdentityMode.Open,
        params IPNetwork[] proxies) =>
        new(options, new ConnectionRoom(options, files: null),
            new ClientAccounts(mode, new CountedAddresses(proxies), TimeProvider.System), counts);
}
