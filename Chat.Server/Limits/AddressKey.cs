using System.Buffers.Binary;
using System.Net;

namespace Chat.Server.Limits;

/// <summary>Whom an address stands for: an IPv4 address, or the 64 bits of an IPv6 address that a network is
/// given.</summary>
internal readonly record struct AddressKey(ulong Network, uint Host)
{
    public static AddressKey Of(IPAddress? address)
    {
        if (address is null) return default;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == sizeof(uint)
            ? new AddressKey(0, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new AddressKey(BinaryPrimitives.ReadUInt64BigEndian(bytes), 0);
    }
}
