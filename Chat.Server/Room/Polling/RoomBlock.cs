using Chat.Server.FanOut;

namespace Chat.Server.Room.Polling;

/// <summary>A block that knows where its messages are, for a poll with a limit.</summary>
internal sealed class RoomBlock(long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<long> messages)
    : EncodedBlock(from, to, bytes)
{
    /// <summary>The sequences of the messages in it, ascending.</summary>
    public IReadOnlyList<long> Messages { get; } = messages;
}
