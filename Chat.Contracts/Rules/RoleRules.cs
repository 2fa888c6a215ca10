using System.Globalization;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What a change of a role must be, and the words of those who may not.</summary>
public static class RoleRules
{
    /// <summary>How long a ban or a mute holds.</summary>
    public static readonly NumberRule Seconds = new(ChatField.Seconds, 1, ChatLimits.RoleSeconds);

    /// <summary>Participants in a page.</summary>
    public static readonly NumberRule Limit = new(ChatField.Limit, 1, ChatLimits.ParticipantsPage);

    /// <summary>Checks a change. Null when it is as allowed.</summary>
    /// <param name="command">The change; a client may send null where the contract has none.</param>
    /// <param name="reason">The reason, trimmed; empty when there is none.</param>
    public static RuleViolation? Check(SetRole? command, out string reason)
    {
        reason = ChatText.Trim(command?.Reason ?? "");
        if (command is null || command.UserId == default)
            return new(ChatField.UserId, $"{ChatField.UserId} is required");
        if (!Enum.IsDefined(command.Role)) return UnknownRole();
        var hasTerms = command.Seconds is not null || reason.Length > 0;
        if (hasTerms && command.Role is not (ParticipantRole.Blocked or ParticipantRole.Readonly))
            return new(ChatField.Seconds,
                $"{ChatField.Seconds} and {ChatField.Reason} go with blocked and readonly only");
        return Seconds.Check(command.Seconds)
            ?? (reason.Length == 0 ? null : TextRules.Check(ChatField.Reason, reason, ChatLimits.ReasonLength));
    }

    /// <summary>Checks a question for participants. Null when it is as allowed.</summary>
    /// <param name="query">Which page; null for the first.</param>
    public static RuleViolation? Check(ParticipantsQuery? query) =>
        query?.Role is { } role && !Enum.IsDefined(role) ? UnknownRole() : Limit.Check(query?.Limit);

    /// <summary>A word that is no role.</summary>
    public static RuleViolation UnknownRole() =>
        new(ChatField.Role, $"{ChatField.Role} must be owner, moderator, member, readonly or blocked");

    /// <summary>The last owner gives the role up.</summary>
    public static RuleViolation LastOwner() =>
        new(ChatField.Role, $"the last owner must make somebody else an owner first, or leave");

    /// <summary>A role is given to somebody who does not take part.</summary>
    public static RuleViolation NotThere() =>
        new(ChatField.UserId, $"{ChatField.UserId} must name a participant; add the user first");

    /// <summary>The refusal of one who may see the conversation, but may not do this.</summary>
    /// <param name="act">What.</param>
    public static ChatError NotAllowed(ConversationAct act) => new(ChatErrorCode.Forbidden, act switch
    {
        ConversationAct.CreateGroup or ConversationAct.CreateDirect =>
            "here conversations are created by the application only",
        ConversationAct.Add => "you may not add participants to this conversation",
        ConversationAct.AddAgain =>
            "one of the users was removed or banned: only an owner or a moderator may add them again",
        ConversationAct.Remove =>
            "only an owner or a moderator may remove others, and only those below them; anyone may leave",
        ConversationAct.Ban => "only an owner or a moderator may ban others, and only those below them",
        ConversationAct.Mute => "only an owner or a moderator may mute others, and only those below them",
        ConversationAct.SetRole => "only an owner may give roles",
        ConversationAct.Report => "a report is made by a user",
        ConversationAct.SeeReports => "only an owner or a moderator may see reports",
        ConversationAct.EditOwn => AmendmentRules.NotTheAuthor().Message,
        ConversationAct.DeleteOthers => "only its author, an owner or a moderator may delete a message",
        ConversationAct.Pin => "only who takes part and may write may pin messages",
        _ => "only an owner or a moderator may change the conversation",
    });

    /// <summary>Messages are pinned by owners and moderators only.</summary>
    public static ChatError PinnedByModerators() =>
        new(ChatErrorCode.Forbidden, "here only an owner or a moderator may pin messages");

    /// <summary>Participants are added by the application only.</summary>
    public static ChatError AddedByBackend() =>
        new(ChatErrorCode.Forbidden, "here participants are added by the application only");

    /// <summary>The refusal of one who is banned.</summary>
    /// <param name="until">Until when; null: no end.</param>
    /// <param name="reason">Why; empty: no reason.</param>
    public static ChatError Banned(DateTimeOffset? until, string reason) =>
        new(ChatErrorCode.Banned, $"you are banned from this conversation{Terms(until, reason)}");

    /// <summary>The refusal of whatever is not allowed while a conversation is archived.</summary>
    public static readonly ChatError Archived = new(ChatErrorCode.ReadOnly,
        "this conversation is archived; an owner or a moderator can open it again");

    /// <summary>The refusal of one who may read only.</summary>
    /// <param name="until">Until when; null: no end.</param>
    /// <param name="reason">Why; empty: no reason.</param>
    public static ChatError ReadOnly(DateTimeOffset? until, string reason) =>
        new(ChatErrorCode.ReadOnly, $"you may only read this conversation{Terms(until, reason)}");

    /// <summary>The refusal of one who sends too soon in slow mode.</summary>
    /// <param name="seconds">The time between two messages.</param>
    /// <param name="wait">How long is left of it.</param>
    public static ChatError Slow(int seconds, TimeSpan wait) => ChatError.WithRetry(ChatErrorCode.RateLimited,
        $"slow mode: one message per {seconds.ToString(CultureInfo.InvariantCulture)} s", wait);

    /// <summary>The refusal of a message that was on its way when the rules of its conversation changed.</summary>
    public static ChatError Changed() => ChatError.WithRetry(ChatErrorCode.RateLimited,
        "the rules of this conversation have just changed", TimeSpan.FromSeconds(1));

    /// <summary>What it takes to give a user a role.</summary>
    /// <param name="role">The new role.</param>
    /// <param name="current">The role that holds; null: takes no part.</param>
    public static ConversationAct ActOf(ParticipantRole role, ParticipantRole? current) => (role, current) switch
    {
        (ParticipantRole.Blocked, _) or (ParticipantRole.Member, ParticipantRole.Blocked) => ConversationAct.Ban,
        (ParticipantRole.Readonly, _) or (ParticipantRole.Member, ParticipantRole.Readonly or null) =>
            ConversationAct.Mute,
        _ => ConversationAct.SetRole,
    };

    private static string Terms(DateTimeOffset? until, string reason)
    {
        var end = until?.UtcDateTime.ToString("' until 'yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return reason.Length > 0 ? $"{end}: {reason}" : end ?? "";
    }
}
