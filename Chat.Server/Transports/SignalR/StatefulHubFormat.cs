using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>The same invocations for connections with stateful reconnect: SignalR numbers and buffers each one, so each
/// is a message of its own.</summary>
internal sealed class StatefulHubFormat : WireFormat
{
    public static readonly StatefulHubFormat Instance = new();

    private StatefulHubFormat() { }

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output) =>
        HubFormat.Instance.Encode(entry, output);

    public override EncodedBlock CreateBlock(
        long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries)
    {
        var messages = new SerializedHubMessage[entries.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            var target = entries[i] is MessageEntry
                ? nameof(IChatClient.MessageReceived)
                : nameof(IChatClient.EntryReceived);
            messages[i] = new SerializedHubMessage(new InvocationMessage(target, [entries[i]]));
        }
        return new StatefulHubBlock(from, to, bytes, messages);
    }

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output) =>
        HubFormat.Instance.EncodeSignal(signal, output);

    public override EncodedBlock CreateSignalBlock(ReadOnlyMemory<byte> bytes, Signal signal)
    {
        var call = HubSignal.ToCall(signal);
        return WithoutEntries(bytes, [new SerializedHubMessage(new InvocationMessage(call.Target, [call.Argument]))]);
    }

    public override EncodedBlock JoinSignalBlocks(IReadOnlyList<EncodedBlock> blocks) =>
        WithoutEntries(Join(blocks), [.. blocks.SelectMany(block => ((StatefulHubBlock)block).Messages)]);

    private static StatefulHubBlock WithoutEntries(ReadOnlyMemory<byte> bytes, SerializedHubMessage[] messages) =>
        new(EncodedBlock.NoEntries.From, EncodedBlock.NoEntries.To, bytes, messages);
}
