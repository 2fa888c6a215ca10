using Chat.Server.FanOut;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>A block that SignalR writes message by message.</summary>
internal sealed class StatefulHubBlock(long from, long to, ReadOnlyMemory<byte> bytes, SerializedHubMessage[] messages)
    : EncodedBlock(from, to, bytes)
{
    public IReadOnlyList<SerializedHubMessage> Messages => messages;
}
