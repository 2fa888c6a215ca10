using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What a new conversation and its participants must be.</summary>
public static class ConversationRules
{
    /// <summary>Checks a new conversation. Null when it is as allowed.</summary>
    /// <param name="creator">Always a participant; null where no user creates it.</param>
    /// <param name="command">What to create; a client may send null where the contract has none.</param>
    /// <param name="conversation">The conversation to create, when null is returned.</param>
    public static RuleViolation? Check(
        UserId? creator, CreateConversation? command, out CheckedConversation conversation)
    {
        conversation = default;
        if (command is null)
            return new(ChatField.ParticipantIds,
                $"the conversation must be described by an object with {ChatField.ParticipantIds}");
        if (CheckParticipants(command.ParticipantIds, out var participants) is { } wrong) return wrong;
        if (creator is { } one && !participants.Contains(one)) participants.Insert(0, one);
        if (CheckTitle(command.Title, out var title) is { } badTitle) return badTitle;
        if (command.Kind is not (ConversationKind.Group or ConversationKind.Direct))
            return new(ChatField.Kind, $"{ChatField.Kind} must be group or direct");
        if (command.Kind == ConversationKind.Direct && (participants.Count != 2 || title is not null))
            return new(ChatField.Kind, $"a direct conversation has exactly two participants and no {ChatField.Title}");
        conversation = new(participants, command.Kind, title);
        return null;
    }

    /// <summary>Checks a list of new participants. Null when it is as allowed.</summary>
    /// <param name="participants">Who; a client may send null where the contract has none.</param>
    /// <param name="distinct">The users, each once, in the order given.</param>
    public static RuleViolation? CheckParticipants(IReadOnlyList<UserId>? participants, out List<UserId> distinct)
    {
        var field = ChatField.ParticipantIds;
        distinct = [];
        if (participants?.Count > ChatLimits.ParticipantsPerRequest)
            return new(field, $"{field} must include at most {ChatLimits.ParticipantsPerRequest} user ids");
        distinct = participants?.Where(user => user != default).Distinct().ToList() ?? [];
        return distinct.Count > 0
            ? NameRules.Check(field, distinct)
            : new(field, $"{field} must include at least one user id");
    }

    internal static RuleViolation? CheckTitle(string? given, out string? title)
    {
        title = Nfc.OfName(ChatText.Trim(given ?? ""));
        if (title?.Length > 0)
            return TextRules.Check(ChatField.Title, title, ChatLimits.TitleLength)
                ?? NameRules.Check(ChatField.Title, title);
        title = null;
        return null;
    }
}
