using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Refuses what a real server refuses, by the same rules.</summary>
internal static class InMemoryRules
{
    public static ChatRefusedException Forbidden() => new(AccessRules.Forbidden);

    /// <summary>The caller may see the conversation, but may not do this.</summary>
    public static ChatRefusedException NotAllowed(ConversationAct act) => new(RoleRules.NotAllowed(act));

    public static ChatRefusedException Refusal(RuleViolation violation) => new(violation.ToError());

    /// <exception cref="ChatRefusedException">There is a violation.</exception>
    public static void ThrowIf(RuleViolation? violation)
    {
        if (violation is not null) throw Refusal(violation);
    }
}
