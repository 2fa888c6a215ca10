namespace Chat.Server.Persistence;

/// <summary>How far a conversation's log goes.</summary>
/// <param name="Last">The newest sequence; 0 while the log is empty.</param>
/// <param name="Erased">The newest sequence whose content was erased; 0 when there is none.</param>
/// <param name="LastAt">When the newest entry was stored; null while the log is empty.</param>
internal readonly record struct LogHead(long Last, long Erased = 0, DateTimeOffset? LastAt = null);
