namespace Chat.Server.Notifications;

/// <param name="UserId">Who.</param>
/// <param name="UnreadCount">Entries of the conversation behind the user's read position.</param>
internal sealed record NoticeRecipient(string UserId, long UnreadCount);
