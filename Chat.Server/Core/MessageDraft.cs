using System.Text;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Server.Core;

/// <summary>What a message must be before it may enter the log. The one place where that is checked, for every transport.</summary>
internal static class MessageDraft
{
    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public static MessageEntry Create(UserId sender, ConversationId conversation, string? body, SendOptions? options, DateTimeOffset now)
    {
        options ??= NoOptions;
        var text = CheckBody(body);
        if (options.MsgType is not (MessageType.Text or MessageType.Image or MessageType.File))
            throw ChatException.BadRequest("msg_type must be 0 (text), 1 (image) or 2 (file)");
        var attachment = string.IsNullOrEmpty(options.AttachmentUrl) ? null : options.AttachmentUrl;
        if (attachment is not null) CheckText("attachment_url", attachment, ChatLimits.AttachmentUrlLength);
        if (text is null && attachment is null) throw ChatException.BadRequest("body must not be empty when there is no attachment_url");
        if (options.AttachmentMeta is { } meta) CheckMeta(meta);
        var key = string.IsNullOrEmpty(options.DedupeKey) ? null : options.DedupeKey;
        if (key is not null) CheckText("dedupe_key", key, ChatLimits.DedupeKeyLength);
        return new MessageEntry
        {
            Id = MessageId.New(now), ConversationId = conversation, Sequence = 0, SenderId = sender, CreatedAt = now,
            Body = text, MsgType = options.MsgType, AttachmentUrl = attachment, AttachmentMeta = options.AttachmentMeta, DedupeKey = key,
        };
    }

    /// <summary>Refuses text that is too long or cannot be stored as it is.</summary>
    public static void CheckText(string field, string text, int maxLength)
    {
        if (text.Length > maxLength) throw ChatException.BadRequest($"{field} must have at most {maxLength} characters");
        CheckStorable(field, text);
    }

    private static readonly SendOptions NoOptions = new();

    private static string? CheckBody(string? body)
    {
        var text = body?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        CheckStorable("body", text);
        if (text.Length > ChatLimits.BodyBytes / 3 && Encoding.UTF8.GetByteCount(text) > ChatLimits.BodyBytes)
            throw ChatException.BadRequest($"body must have at most {ChatLimits.BodyBytes} bytes in UTF-8");
        return text;
    }

    private static void CheckStorable(string field, string text)
    {
        if (text.Contains('\0')) throw ChatException.BadRequest($"{field} must not contain NUL characters");
        if (!ChatText.IsWellFormed(text)) throw ChatException.BadRequest($"{field} must be valid Unicode text, without lone surrogates");
    }

    private static void CheckMeta(RawJson meta)
    {
        if (Encoding.UTF8.GetByteCount(meta.Text) > ChatLimits.AttachmentMetaBytes)
            throw ChatException.BadRequest($"attachment_meta must have at most {ChatLimits.AttachmentMetaBytes} bytes");
        try
        {
            var inner = AttachmentMeta.Check(meta.Text);
            if (inner is not null) AttachmentMeta.Check(inner); // a string must hold JSON itself
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw ChatException.BadRequest($"attachment_meta must be JSON, or a string that holds JSON, nested at most {ChatLimits.JsonDepth} levels");
        }
    }
}
