using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What a report must be, and the words of those who may not.</summary>
public static class ReportRules
{
    /// <summary>Reports in a page.</summary>
    public static readonly NumberRule Limit = new(ChatField.Limit, 1, ChatLimits.ReportsPage);

    /// <summary>Where a page begins.</summary>
    public static readonly NumberRule After = new(ChatField.AfterId, 0);

    /// <summary>Which report.</summary>
    public static readonly NumberRule Id = new(ChatField.ReportId, 1);

    /// <summary>Checks a report. Null when it is as allowed.</summary>
    /// <param name="content">The report; a client may send null where the contract has none.</param>
    /// <param name="reporter">Who reports.</param>
    /// <param name="reason">The reason, trimmed.</param>
    public static RuleViolation? Check(ReportContent? content, UserId reporter, out string reason)
    {
        reason = ChatText.Trim(content?.Reason ?? "");
        var user = content?.UserId == default(UserId) ? null : content?.UserId;
        if (content is null || (content.Sequence is null) == (user is null))
            return new(ChatField.Sequence, $"give either {ChatField.Sequence} or {ChatField.UserId}");
        if (PageRules.Sequence.Check(content.Sequence) is { } wrong) return wrong;
        if (user == reporter) return NotOneself();
        return reason.Length == 0 ? new(ChatField.Reason, $"{ChatField.Reason} is required")
            : TextRules.Check(ChatField.Reason, reason, ChatLimits.ReasonLength);
    }

    /// <summary>Checks which reports are asked for. Null when it is as allowed.</summary>
    public static RuleViolation? Check(ReportsQuery? query) =>
        After.Check(query?.After) ?? Limit.Check(query?.Limit);

    /// <summary>Checks an outcome. Null when it is one of the enumeration.</summary>
    public static RuleViolation? Check(ReportOutcome outcome) => Enum.IsDefined(outcome) ? null : UnknownOutcome();

    /// <summary>A word that is no outcome.</summary>
    public static RuleViolation UnknownOutcome() =>
        new(ChatField.Outcome, $"{ChatField.Outcome} must be dismissed or acted");

    /// <summary>One's own message, or oneself.</summary>
    public static RuleViolation NotOneself() => new(ChatField.UserId, $"a report is about somebody else");

    /// <summary>There is no such message, or its content is erased.</summary>
    public static RuleViolation NoMessage() =>
        new(ChatField.Sequence, $"{ChatField.Sequence} must name a message of the conversation");

    /// <summary>The user never took part.</summary>
    public static RuleViolation NotThere() =>
        new(ChatField.UserId, $"{ChatField.UserId} must name somebody who takes or took part in the conversation");

    /// <summary>The refusal of one who has as many open reports as may be.</summary>
    public static ChatError TooMany() => new(ChatErrorCode.Forbidden,
        $"at most {ChatLimits.ReportsPerUser} of your reports can be open; moderators look at them first");

    /// <summary>The refusal of one who asks for the reports of all conversations.</summary>
    public static ChatError NotOfAll() => new(ChatErrorCode.Forbidden,
        "only a moderator of all conversations may see the reports of all; name a conversation");
}
