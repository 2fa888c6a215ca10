using System.Net;

namespace Chat.Server.Hosting.Proxy;

/// <summary>Reads <see cref="ServerOptions.TrustedProxies"/>.</summary>
internal static class TrustedNetworks
{
    /// <param name="list">Addresses and networks, separated by commas.</param>
    /// <param name="networks">What they name; an address is a network of one.</param>
    /// <param name="problem">The part that is neither; null when all are.</param>
    public static bool TryParse(string? list, out List<IPNetwork> networks, out string? problem)
    {
        networks = [];
        problem = null;
        foreach (var part in (list ?? "").Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else problem ??= part;
        return problem is null;
    }
}
