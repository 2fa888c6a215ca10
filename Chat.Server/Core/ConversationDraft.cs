using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Server.Core;

/// <summary>What a new conversation must be.</summary>
internal static class ConversationDraft
{
    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public static (ConversationCreatedEntry Created, ConversationKind Kind) Create(UserId? caller, CreateConversation command, DateTimeOffset now)
    {
        // A hub client may send null where the contract has none.
        if (command is null) throw ChatException.BadRequest("the conversation must be described by an object with participantIds");
        var participants = CheckParticipants(command.ParticipantIds);
        if (caller is { } creator && !participants.Contains(creator)) participants.Insert(0, creator);
        var title = string.IsNullOrWhiteSpace(command.Title) ? null : command.Title.Trim();
        if (title is not null) MessageDraft.CheckText("title", title, ChatLimits.TitleLength);
        if (command.Kind is not (ConversationKind.Group or ConversationKind.Direct))
            throw ChatException.BadRequest("kind must be group or direct");
        if (command.Kind == ConversationKind.Direct && (participants.Count != 2 || title is not null))
            throw ChatException.BadRequest("a direct conversation has exactly two participants and no title");
        var created = new ConversationCreatedEntry
        {
            Id = MessageId.New(now), ConversationId = ConversationId.New(now), Sequence = 1,
            SenderId = caller ?? participants[0], CreatedAt = now, ParticipantIds = participants, Title = title,
        };
        return (created, command.Kind);
    }

    /// <summary>The users, each once, in the order given.</summary>
    public static List<UserId> CheckParticipants(IReadOnlyList<UserId>? participants)
    {
        var distinct = participants?.Where(p => p != default).Distinct().ToList();
        if (distinct is not { Count: > 0 }) throw ChatException.BadRequest("participant_ids must include at least one user id");
        if (participants!.Count > ChatLimits.ParticipantsPerRequest)
            throw ChatException.BadRequest($"participant_ids must include at most {ChatLimits.ParticipantsPerRequest} user ids");
        return distinct;
    }
}
