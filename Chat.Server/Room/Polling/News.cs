using Chat.Server.FanOut;

namespace Chat.Server.Room.Polling;

/// <summary>What a poll found.</summary>
/// <param name="Feed">The room's feed.</param>
/// <param name="First">The first block with a message in it; null when there is nothing to show.</param>
/// <param name="To">The last sequence that was looked at.</param>
internal readonly record struct News(Feed Feed, RoomBlock? First, long To);
