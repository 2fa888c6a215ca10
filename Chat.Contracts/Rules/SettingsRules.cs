using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What a change of a conversation must be.</summary>
public static class SettingsRules
{
    /// <summary>Seconds between two messages of a user.</summary>
    public static readonly NumberRule SlowMode = new(ChatField.SlowModeSeconds, 0, ChatLimits.SlowModeSeconds);

    /// <summary>Checks a change. Null when it is as allowed.</summary>
    /// <param name="command">The change; a client may send null where the contract has none.</param>
    /// <param name="change">The change with its texts trimmed, when null is returned.</param>
    public static RuleViolation? Check(ChangeConversation? command, out ChangeConversation change)
    {
        change = command ?? new ChangeConversation();
        if (change is { Title: null, SlowModeSeconds: null, Topic: null, AvatarUrl: null, IsArchived: null })
            return new(ChatField.Title,
                $"give a new {ChatField.Title}, {ChatField.Topic}, {ChatField.AvatarUrl}, {ChatField.IsArchived} or {
                    ChatField.SlowModeSeconds}");
        if (SlowMode.Check(change.SlowModeSeconds) is { } wrong) return wrong;
        if (CheckText(ChatField.Title, change.Title, ChatLimits.TitleLength, out var title) is { } badTitle)
            return badTitle;
        if (CheckText(ChatField.Topic, change.Topic, ChatLimits.TopicLength, out var topic) is { } badTopic)
            return badTopic;
        if (CheckAvatar(change.AvatarUrl, out var avatar) is { } badAvatar) return badAvatar;
        change = change with { Title = title, Topic = topic, AvatarUrl = avatar };
        return null;
    }

    /// <summary>The part of a checked change that is new; null: nothing of it is.</summary>
    /// <param name="wanted">The change.</param>
    /// <param name="now">How the conversation is, with nothing in it that is null.</param>
    public static ChangeConversation? NewIn(ChangeConversation wanted, ChangeConversation now)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(now);
        var change = new ChangeConversation
        {
            Title = wanted.Title == now.Title ? null : wanted.Title,
            Topic = wanted.Topic == now.Topic ? null : wanted.Topic,
            AvatarUrl = wanted.AvatarUrl == now.AvatarUrl ? null : wanted.AvatarUrl,
            IsArchived = wanted.IsArchived == now.IsArchived ? null : wanted.IsArchived,
            SlowModeSeconds = wanted.SlowModeSeconds == now.SlowModeSeconds ? null : wanted.SlowModeSeconds,
        };
        return change == new ChangeConversation() ? null : change;
    }

    /// <summary>Null stays null; a text that is empty once it is trimmed is empty.</summary>
    private static RuleViolation? CheckText(ChatField field, string? given, int maxLength, out string? text)
    {
        text = given is null ? null : Nfc.OfName(ChatText.Trim(given));
        return string.IsNullOrEmpty(text)
            ? null
            : TextRules.Check(field, text, maxLength) ?? NameRules.Check(field, text);
    }

    private static RuleViolation? CheckAvatar(string? given, out string? url)
    {
        var field = ChatField.AvatarUrl;
        url = given is null ? null : ChatText.Trim(given);
        if (string.IsNullOrEmpty(url)) return null;
        if (TextRules.Check(field, url, ChatLimits.AvatarUrlLength) is { } wrong) return wrong;
        var isPath = url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal)
            && Uri.IsWellFormedUriString(url, UriKind.Relative);
        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
        return isPath || isAddress
            ? null
            : new(field, $"{field} must be an address with http or https, or a path that begins with /");
    }
}
