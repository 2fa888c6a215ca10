namespace Chat.Server.Persistence;

/// <summary>What a mark of a user changed.</summary>
/// <param name="Position">The read position that it moved to; null: it did not move.</param>
/// <param name="IsUnreadEnded">Where it did not move: whether it ended that the user had marked something as
/// unread.</param>
internal readonly record struct ReadMove(long? Position, bool IsUnreadEnded);
