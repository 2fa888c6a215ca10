using System.Globalization;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What edits and deletions must be, and the words of those that are refused.</summary>
public static class AmendmentRules
{
    /// <summary>The version that a message must have.</summary>
    public static readonly NumberRule IfVersion = new(ChatField.IfVersion, 1);

    /// <summary>Which message.</summary>
    public static readonly NumberRule Target = new(ChatField.TargetSequence, 1);

    /// <summary>Checks an edit. Null when it is as allowed.</summary>
    /// <param name="targetSequence">The message.</param>
    /// <param name="command">The edit; a client may send null where the contract has none.</param>
    /// <param name="content">What the message is to say, as it is stored, when null is returned.</param>
    public static RuleViolation? Check(long targetSequence, EditMessage? command, out CheckedMessage content)
    {
        content = default;
        return Target.Check(targetSequence) ?? IfVersion.Check(command?.IfVersion)
            ?? MessageRules.Check(command?.Body, OptionsOf(command), out content);
    }

    /// <summary>Checks a deletion. Null when it is as allowed.</summary>
    /// <param name="targetSequence">The message.</param>
    /// <param name="command">What goes with it; null for nothing.</param>
    /// <param name="content">The same as it is stored: trimmed, and null for what is empty.</param>
    public static RuleViolation? Check(long targetSequence, DeleteMessage? command, out DeleteMessage content)
    {
        var reason = TextRules.EmptyToNull(ChatText.Trim(command?.Reason ?? ""));
        var key = TextRules.EmptyToNull(command?.DedupeKey);
        content = new DeleteMessage { Reason = reason, DedupeKey = key };
        return Target.Check(targetSequence)
            ?? (reason is null ? null : TextRules.Check(ChatField.Reason, reason, ChatLimits.ReasonLength))
            ?? (key is null ? null : TextRules.Check(ChatField.DedupeKey, key, ChatLimits.DedupeKeyLength));
    }

    /// <summary>There is no message of that sequence.</summary>
    public static RuleViolation NoMessage() =>
        new(ChatField.TargetSequence, $"{ChatField.TargetSequence} must name a message of this conversation");

    /// <summary>The dedupe key belongs to something else that the caller has stored.</summary>
    public static RuleViolation KeyTaken() => new(ChatField.DedupeKey,
        $"{ChatField.DedupeKey} was used for another message, edit or deletion: each needs its own");

    /// <summary>Somebody else's message is to be edited.</summary>
    public static ChatError NotTheAuthor() =>
        new(ChatErrorCode.Forbidden, "a message can be edited by its author only");

    /// <summary>The time for edits is over.</summary>
    /// <param name="minutes">How long it is.</param>
    public static ChatError TooLate(int minutes) => new(ChatErrorCode.Forbidden, string.Create(
        CultureInfo.InvariantCulture, $"a message can be edited for {minutes} minutes"));

    /// <summary>The message has no content any more.</summary>
    public static ChatError Gone() => new(ChatErrorCode.Gone, "this message was deleted");

    /// <summary>The message has another version than the caller wanted to edit.</summary>
    /// <param name="version">The one that it has.</param>
    public static ChatError Conflict(long version) =>
        ChatError.WithVersion("the message was edited meanwhile", version);

    private static SendOptions? OptionsOf(EditMessage? command) => command is null ? null : new SendOptions
    {
        AttachmentUrl = command.AttachmentUrl, AttachmentMeta = command.AttachmentMeta, DedupeKey = command.DedupeKey,
        Mentions = command.Mentions, Attachments = command.Attachments,
    };
}
