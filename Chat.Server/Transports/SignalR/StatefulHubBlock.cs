using Chat.Server.FanOut;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>A block that SignalR writes message by message.</summary>
internal sealed class StatefulHubBlock(long from, long to, ReadOnlyMemory<byte> bytes, SerializedHubMessage[] messages)
    : EncodedBlock(from, to, bytes)
{
    /// <summary>A message's objects, without what is encoded of it.</summary>
    private const int MessageObjects = 256;

    /// <summary>SignalR encodes each message once more, and keeps that with it.</summary>
    public override long Weight => base.Weight + Bytes.Length + messages.Length * MessageObjects;

    public IReadOnlyList<SerializedHubMessage> Messages => messages;
}
