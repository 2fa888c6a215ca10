using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.Server.Core;

/// <summary>A conversation to be stored.</summary>
internal static class ConversationDraft
{
    /// <exception cref="ChatException">The conversation violates <see cref="ConversationRules"/>.</exception>
    public static (ConversationCreatedEntry Created, ConversationKind Kind) Create(
        UserId? caller, CreateConversation? command, DateTimeOffset now)
    {
        ChatException.ThrowIf(ConversationRules.Check(caller, command, out var conversation));
        var participants = conversation.ParticipantIds;
        var created = new ConversationCreatedEntry
        {
            Id = MessageId.New(now), ConversationId = ConversationId.New(now), Sequence = 1,
            SenderId = caller ?? participants[0], CreatedAt = now,
            ParticipantIds = participants, Title = conversation.Title,
        };
        return (created, conversation.Kind);
    }
}
