using Chat.Contracts.Errors;

namespace Chat.Contracts.Rules;

/// <summary>The refusal of those who may not see a conversation.</summary>
public static class AccessRules
{
    /// <summary>One text for "does not exist" and "no access", so that the refusal does not reveal which.</summary>
    public static readonly ChatError Forbidden =
        new(ChatErrorCode.Forbidden, "you are not a participant of this conversation, or it does not exist");
}
