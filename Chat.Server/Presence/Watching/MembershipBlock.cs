using Chat.Contracts.Entries;
using Chat.Server.FanOut;

namespace Chat.Server.Presence.Watching;

/// <summary>The membership entries of a stretch.</summary>
internal sealed class MembershipBlock(
    long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries)
    : EncodedBlock(from, to, bytes)
{
    public IReadOnlyList<ConversationEntry> Entries => entries;
}
