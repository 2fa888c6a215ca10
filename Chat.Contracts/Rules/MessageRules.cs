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
        var text = TextRules.EmptyToNull(body is null ? null : ChatText.Trim(body));
        var url = TextRules.EmptyToNull(options.AttachmentUrl);
        var key = TextRules.EmptyToNull(options.DedupeKey);
        if (url != options.AttachmentUrl || key != options.DedupeKey)
            options = options with { AttachmentUrl = url, DedupeKey = key };
        message = new(text, options);
        return (text is null ? null : CheckBody(text))
            ?? CheckType(options.MsgType)
            ?? (url is null ? null : TextRules.Check(ChatField.AttachmentUrl, url, ChatLimits.AttachmentUrlLength))
            ?? (text is null && url is null && options.Attachments is not { Count: > 0 } ? Empty() : null)
            ?? (options.AttachmentMeta is { } meta ? AttachmentMetaRules.Check(ChatField.AttachmentMeta, meta) : null)
            ?? (key is null ? null : TextRules.Check(ChatField.DedupeKey, key, ChatLimits.DedupeKeyLength))
            ?? (IsPlain(options) ? null : CheckRest(options, ref message));
    }

    /// <summary>The refusal of a reference to what is no message of the conversation, or none before this
    /// one.</summary>
    /// <param name="field">The field that refers to it.</param>
    public static RuleViolation NoSuchMessage(ChatField field) =>
        new(field, $"{field} must name a message before this one, of the same conversation");

    /// <summary>The refusal of a number that is not a <see cref="MessageType"/> or that clients may not send.</summary>
    public static RuleViolation WrongType() =>
        new(ChatField.MsgType, $"{ChatField.MsgType} must be 0 (text), 1 (image) or 2 (file)");

    private static bool IsPlain(SendOptions options) => options is
    {
        ReplyTo: null, Thread: null, AlsoInConversation: false, Mentions: null, Attachments: null,
    };

    private static RuleViolation? CheckRest(SendOptions options, ref CheckedMessage message)
    {
        if (options.ReplyTo < 1) return NoSuchMessage(ChatField.ReplyTo);
        if (options.Thread < 1) return NoSuchMessage(ChatField.Thread);
        if (options is { AlsoInConversation: true, Thread: null, ReplyTo: null })
            return new(ChatField.AlsoInConversation, $"{ChatField.AlsoInConversation} goes with {ChatField.Thread}");
        if (MentionRules.Check(options.Mentions, out var mentions) is { } wrong) return wrong;
        if (AttachmentRules.Check(options.Attachments, out var attachments) is { } problem) return problem;
        options = options with { Mentions = mentions, Attachments = attachments };
        if (attachments is not null)
        {
            var first = attachments[0];
            if ((options.AttachmentUrl ?? first.Url) != first.Url
                || (options.AttachmentMeta ?? first.Meta) != first.Meta)
                return new(ChatField.Attachments,
                    $"give {ChatField.Attachments} or {ChatField.AttachmentUrl}, not both");
            options = options with { AttachmentUrl = first.Url, AttachmentMeta = first.Meta };
        }
        message = message with { Options = options };
        return null;
    }

    private static RuleViolation Empty() =>
        new(ChatField.Body, $"{ChatField.Body} must not be empty when there is no {ChatField.AttachmentUrl}");

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
