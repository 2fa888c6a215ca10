using System.Net;

namespace Chat.Server.Limits;

/// <summary>Which addresses stand for one client, about, and are counted.</summary>
/// <remarks>Loopback does not: it is this machine, or everybody behind a proxy on it. Nor does a trusted proxy, whose
/// own address is seen only when it says nothing of its client.</remarks>
/// <param name="proxies">The networks of the trusted proxies.</param>
internal sealed class CountedAddresses(IReadOnlyList<IPNetwork> proxies)
{
    /// <summary>Null: it is not counted.</summary>
    public AddressKey? KeyOf(IPAddress? address)
    {
        if (address is null) return null; // a Unix socket, or a test
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return null;
        foreach (var network in proxies)
            if (network.Contains(address)) return null;
        return AddressKey.Of(address);
    }
}
