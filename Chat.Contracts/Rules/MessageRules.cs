using System.Text;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What a message must be. The server and its clients call the same rules, so they refuse the same messages
/// with the same text.</summary>
public static class MessageRules
{
    private static readonly SendOptions NoOptions = new();

    /// <summary>Checks a message. Null when it is as allowed.</summary>
    /// <param name="body">The text; null for none.</param>
    /// <param name="options">The rest; null for none.</param>
    /// <param name="message">The message as it is stored, when null is returned.</param>
    public static RuleViolation? Check(string? body, SendOptions? options, out CheckedMessage message)
    {
        options ??= NoOptions;
        var text = EmptyToNull(body is null ? null : ChatText.Trim(body));
        var url = EmptyToNull(options.AttachmentUrl);
        var key = EmptyToNull(options.DedupeKey);
        if (url != options.AttachmentUrl || key != options.DedupeKey)
            options = options with { AttachmentUrl = url, DedupeKey = key };
        message = new(text, options);
        return (text is null ? null : CheckBody(text))
            ?? CheckType(options.MsgType)
            ?? (url is null ? null : TextRules.Check(ChatField.AttachmentUrl, url, ChatLimits.AttachmentUrlLength))
            ?? (text is null && url is null ? Empty() : null)
            ?? (options.AttachmentMeta is { } meta ? AttachmentMetaRules.Check(meta) : null)
            ?? (key is null ? null : TextRules.Check(ChatField.DedupeKey, key, ChatLimits.DedupeKeyLength));
    }

    /// <summary>The refusal of a number that is not a <see cref="MessageType"/> or that clients may not send.</summary>
    public static RuleViolation WrongType() =>
        new(ChatField.MsgType, $"{ChatField.MsgType} must be 0 (text), 1 (image) or 2 (file)");

    private static RuleViolation Empty() =>
        new(ChatField.Body, $"{ChatField.Body} must not be empty when there is no {ChatField.AttachmentUrl}");

    private static string? EmptyToNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static RuleViolation? CheckType(MessageType type) =>
        type is MessageType.Text or MessageType.Image or MessageType.File ? null : WrongType();

    private static RuleViolation? CheckBody(string text)
    {
        if (TextRules.Check(ChatField.Body, text) is { } wrong) return wrong;
        if (text.Length <= ChatLimits.BodyBytes / 3 || Encoding.UTF8.GetByteCount(text) <= ChatLimits.BodyBytes)
            return null;
        return new(ChatField.Body, $"{ChatField.Body} must have at most {ChatLimits.BodyBytes} bytes in UTF-8");
    }
}
