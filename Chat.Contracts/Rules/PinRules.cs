using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What may be pinned.</summary>
public static class PinRules
{
    /// <summary>The refusal of one more pin than there may be.</summary>
    public static RuleViolation TooMany() =>
        new(ChatField.TargetSequence, $"at most {ChatLimits.Pins} messages of a conversation can be pinned");
}
