using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What a change of a conversation must be.</summary>
public static class SettingsRules
{
    /// <summary>Seconds between two messages of a user.</summary>
    public static readonly NumberRule SlowMode = new(ChatField.SlowModeSeconds, 0, ChatLimits.SlowModeSeconds);

    /// <summary>Checks a change. Null when it is as allowed.</summary>
    /// <param name="command">The change; a client may send null where the contract has none.</param>
    /// <param name="change">The change with its title trimmed, when null is returned.</param>
    public static RuleViolation? Check(ChangeConversation? command, out ChangeConversation change)
    {
        change = command ?? new ChangeConversation();
        if (change is { Title: null, SlowModeSeconds: null })
            return new(ChatField.Title, $"give a new {ChatField.Title} or {ChatField.SlowModeSeconds}");
        if (SlowMode.Check(change.SlowModeSeconds) is { } wrong) return wrong;
        if (change.Title is null) return null;
        if (ConversationRules.CheckTitle(change.Title, out var title) is { } badTitle) return badTitle;
        change = change with { Title = title ?? "" };
        return null;
    }
}
