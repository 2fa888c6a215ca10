using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Transports.Framing;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>The same invocations, each in a binary WebSocket frame, ready for the sockets of all such
/// connections.</summary>
internal sealed class MessagePackFrameFormat : WireFormat
{
    public static readonly MessagePackFrameFormat Instance = new();

    private MessagePackFrameFormat() { }

    public override bool LooksAtEntries => false;

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output) =>
        DataFrame.WriteBinary(output, entry, static (payload, e) => MessagePackFormat.Instance.Encode(e, payload));

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output) =>
        DataFrame.WriteBinary(output, signal,
            static (payload, s) => MessagePackFormat.Instance.EncodeSignal(s, payload));
}
