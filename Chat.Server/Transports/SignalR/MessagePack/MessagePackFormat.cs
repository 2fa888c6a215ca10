using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut.Signals;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>Entries and signals as invocations of the MessagePack hub protocol; the same calls as in JSON.</summary>
internal sealed class MessagePackFormat : HubBlockFormat
{
    public static readonly MessagePackFormat Instance = new();

    private MessagePackFormat() : base(MessagePackHub.ProtocolName) { }

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output)
    {
        var target = entry is MessageEntry ? nameof(IChatClient.MessageReceived) : nameof(IChatClient.EntryReceived);
        MessagePackHub.Protocol.WriteMessage(new InvocationMessage(target, [entry]), output);
    }

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output)
    {
        var call = HubSignal.ToCall(signal);
        MessagePackHub.Protocol.WriteMessage(new InvocationMessage(call.Target, [call.Argument]), output);
    }
}
