namespace Chat.Contracts.Rules;

/// <summary>The refusals of changes of membership that a conversation does not allow.</summary>
public static class MembershipRules
{
    /// <summary>Participants are added to something that is no group.</summary>
    public static RuleViolation AddToGroupOnly() =>
        new(ChatField.ConversationId, $"participants can be added to a group only");

    /// <summary>A participant is removed from something that is no group.</summary>
    public static RuleViolation RemoveFromGroupOnly() =>
        new(ChatField.ConversationId, $"participants can be removed from a group only");

    /// <summary>One who is not the owner removes somebody else.</summary>
    public static RuleViolation OwnerRemovesOthers() =>
        new(ChatField.ParticipantId,
            $"only the one who made the conversation can remove others; anyone can remove themselves");
}
