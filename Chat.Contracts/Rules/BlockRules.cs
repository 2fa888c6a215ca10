using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>Whom one may block.</summary>
public static class BlockRules
{
    /// <summary>Checks whom a block is about. Null when it is as allowed.</summary>
    public static RuleViolation? Check(UserId blocking, UserId blocked)
    {
        var field = ChatField.UserId;
        if (blocked == default) return new(field, $"{field} is required");
        return blocked == blocking ? new(field, $"{field} must be somebody else") : null;
    }

    /// <summary>The refusal of one who has blocked as many as may be.</summary>
    public static RuleViolation TooMany() =>
        new(ChatField.UserId, $"at most {ChatLimits.BlocksPerUser} users can be blocked");
}
