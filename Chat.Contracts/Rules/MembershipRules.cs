namespace Chat.Contracts.Rules;

/// <summary>The refusals of changes of membership that a conversation does not allow.</summary>
public static class MembershipRules
{
    /// <summary>Participants are added to a conversation that is not a group.</summary>
    public static RuleViolation AddToGroupOnly() =>
        new(ChatField.ConversationId, $"participants can be added only to a group");

    /// <summary>A participant is removed from a conversation that is not a group.</summary>
    public static RuleViolation RemoveFromGroupOnly() =>
        new(ChatField.ConversationId, $"participants can be removed only from a group");
}
