using Chat.Server.FanOut;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>A block that SignalR writes as it is.</summary>
internal sealed class HubBlock(string protocol, long from, long to, ReadOnlyMemory<byte> bytes)
    : EncodedBlock(from, to, bytes)
{
    public SerializedHubMessage Message { get; } = new([new SerializedMessage(protocol, bytes)]);
}
