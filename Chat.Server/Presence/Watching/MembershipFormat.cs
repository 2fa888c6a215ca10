using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;

namespace Chat.Server.Presence.Watching;

/// <summary>Passes only membership entries, unencoded, to a listener in this process.</summary>
internal sealed class MembershipFormat : WireFormat
{
    public static readonly MembershipFormat Instance = new();

    private MembershipFormat()
    {
    }

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output)
    {
    }

    public override EncodedBlock CreateBlock(
        long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries) =>
        new MembershipBlock(from, to, bytes,
            [.. entries.Where(entry => entry is ParticipantsAddedEntry or ParticipantRemovedEntry)]);
}
