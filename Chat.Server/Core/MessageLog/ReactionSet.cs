using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>Reactions of a user that this instance has stored.</summary>
/// <param name="Draft">What set them.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record ReactionSet(Draft Draft, ReactionOutcome Outcome)
{
    public ConversationId Conversation => Draft.ConversationId;

    /// <summary>Whose they are; null: the draft only tells.</summary>
    public UserKey? User => Draft is { By: { } by, Reaction.Keys: not null } ? by.User : null;
}
