using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Transports.Framing;

namespace Chat.Server.Transports.SignalR;

/// <summary>The same invocations, each in a WebSocket frame, ready for the sockets of all hub connections.</summary>
internal sealed class HubFrameFormat : WireFormat
{
    public static readonly HubFrameFormat Instance = new();

    private HubFrameFormat() { }

    public override bool LooksAtEntries => false;

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output) =>
        DataFrame.WriteText(output, entry, static (payload, e) => HubFormat.Instance.Encode(e, payload));

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output) =>
        DataFrame.WriteText(output, signal, static (payload, s) => HubFormat.Instance.EncodeSignal(s, payload));
}
