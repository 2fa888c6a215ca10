using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>A conversation in which something is new.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="After">Where to begin when nobody was told of it before.</param>
/// <param name="Due">When to tell: what is new gathers until then.</param>
internal readonly record struct Noted(ConversationId Conversation, long After, DateTimeOffset Due);
