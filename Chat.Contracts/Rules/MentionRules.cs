using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>Whom a message may mention.</summary>
public static class MentionRules
{
    /// <summary>Checks mentions. Null when they are as allowed.</summary>
    /// <param name="given">Whom; a client may send null where the contract has none.</param>
    /// <param name="mentions">Each user once, in the order given; null when nobody is mentioned.</param>
    public static RuleViolation? Check(MessageMentions? given, out MessageMentions? mentions)
    {
        var field = ChatField.Mentions;
        mentions = null;
        if (given is null) return null;
        if (given.Users?.Count > ChatLimits.Mentions)
            return new(field, $"{field} must include at most {ChatLimits.Mentions} users");
        var users = given.Users?.Where(user => user != default).Distinct().ToList() ?? [];
        if (users.Count > 0 || given.Everyone) mentions = given with { Users = users };
        return null;
    }

    /// <summary>The refusal of one who may not mention everyone.</summary>
    public static ChatError NotEveryone() => new(ChatErrorCode.Forbidden,
        $"only an owner or a moderator may mention everyone where more than {ChatLimits.Mentions} take part");
}
