namespace Chat.Server.Tasks.Store;

/// <param name="Name">The job.</param>
/// <param name="From">Where its cursor was found; null for nowhere.</param>
/// <param name="To">Where it goes.</param>
internal sealed record CursorMove(string Name, long? From, long To);
