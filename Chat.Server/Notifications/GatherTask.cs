namespace Chat.Server.Notifications;

/// <summary>Look whom to tell of what is new in a conversation.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="After">Where to begin when nobody was told of it before.</param>
internal sealed record GatherTask(Guid ConversationId, long After);
