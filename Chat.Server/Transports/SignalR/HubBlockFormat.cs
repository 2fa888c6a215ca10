using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.SignalR;

/// <summary>Invocations in a row, for connections whose bytes SignalR writes.</summary>
/// <param name="protocol">The name of the hub protocol that they are in.</param>
internal abstract class HubBlockFormat(string protocol) : WireFormat
{
    public override bool LooksAtEntries => false;

    public override EncodedBlock CreateBlock(
        long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries) =>
        new HubBlock(protocol, from, to, bytes);

    public override EncodedBlock CreateSignalBlock(ReadOnlyMemory<byte> bytes, Signal signal) => WithoutEntries(bytes);

    public override EncodedBlock JoinSignalBlocks(IReadOnlyList<EncodedBlock> blocks) => WithoutEntries(Join(blocks));

    private HubBlock WithoutEntries(ReadOnlyMemory<byte> bytes) =>
        new(protocol, EncodedBlock.NoEntries.From, EncodedBlock.NoEntries.To, bytes);
}
