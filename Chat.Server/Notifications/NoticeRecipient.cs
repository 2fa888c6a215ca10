namespace Chat.Server.Notifications;

/// <param name="UserId">The user.</param> <param name="UnreadCount">Number of entries after the user's read
/// position.</param>
internal sealed record NoticeRecipient(string UserId, long UnreadCount);
