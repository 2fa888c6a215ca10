using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What the attachments of a message must be.</summary>
public static class AttachmentRules
{
    /// <summary>Checks attachments. Null when they are as allowed.</summary>
    /// <param name="given">They; a client may send null where the contract has none.</param>
    /// <param name="attachments">They as they are stored, null for what is empty; null when there are none.</param>
    public static RuleViolation? Check(
        IReadOnlyList<MessageAttachment>? given, out IReadOnlyList<MessageAttachment>? attachments)
    {
        var field = ChatField.Attachments;
        attachments = null;
        if (given is null || given.Count == 0) return null;
        if (given.Count > ChatLimits.Attachments)
            return new(field, $"{field} must include at most {ChatLimits.Attachments} attachments");
        var stored = new MessageAttachment[given.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            if (given[i] is not { } one || string.IsNullOrEmpty(one.Url))
                return new(field, $"each of {field} must have a url");
            if (Check(one) is { } wrong) return wrong;
            stored[i] = one with
            {
                Id = TextRules.EmptyToNull(one.Id), Name = TextRules.EmptyToNull(one.Name),
                MediaType = TextRules.EmptyToNull(one.MediaType),
            };
        }
        attachments = stored;
        return CheckMeta(stored);
    }

    private static RuleViolation? Check(MessageAttachment one) =>
        CheckText("url", one.Url, ChatLimits.AttachmentUrlLength)
        ?? CheckText("id", one.Id, ChatLimits.AttachmentIdLength)
        ?? CheckText("name", one.Name, ChatLimits.AttachmentNameLength)
        ?? CheckText("mediaType", one.MediaType, ChatLimits.AttachmentNameLength)
        ?? CheckNumber("size", one.Size, 0)
        ?? CheckNumber("width", one.Width, 1)
        ?? CheckNumber("height", one.Height, 1);

    private static RuleViolation? CheckText(string name, string? text, int maxLength) =>
        string.IsNullOrEmpty(text) ? null : TextRules.Check(In(name), text, maxLength) is not { } wrong ? null
            : wrong with { Field = ChatField.Attachments };

    private static RuleViolation? CheckNumber(string name, long? number, long least) =>
        number < least ? new(ChatField.Attachments, $"{In(name)} must be a whole number, {least} or more") : null;

    private static RuleViolation? CheckMeta(MessageAttachment[] all)
    {
        long bytes = 0;
        foreach (var one in all)
        {
            if (one.Meta is not { } meta) continue;
            bytes += Encoding.UTF8.GetByteCount(meta.Text ?? "");
            if (bytes > ChatLimits.AttachmentMetaBytes)
                return new(ChatField.Attachments,
                    $"meta of all {ChatField.Attachments} must have at most {ChatLimits.AttachmentMetaBytes} bytes");
            if (AttachmentMetaRules.Check(In("meta"), meta) is { } wrong)
                return wrong with { Field = ChatField.Attachments };
        }
        return null;
    }

    /// <summary>A part of an attachment, as refusals name it: transports spell it their way.</summary>
    private static ChatField In(string name) => new($"attachments.{name}");
}
