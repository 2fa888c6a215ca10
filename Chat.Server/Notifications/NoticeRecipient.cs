namespace Chat.Server.Notifications;

/// <param name="UserId">The user.</param>
/// <param name="UnreadCount">What is unread for the user, as lists of conversations have it (CH-232).</param>
/// <param name="UnreadMore">There may be more.</param>
internal sealed record NoticeRecipient(string UserId, int UnreadCount, bool UnreadMore);
