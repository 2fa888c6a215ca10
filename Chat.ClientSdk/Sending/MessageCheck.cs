using Chat.Contracts.Commands;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Sending;

/// <summary>Refuses what the server would refuse in any case, with the same words, before it costs a
/// connection.</summary>
internal static class MessageCheck
{
    /// <summary>Stands for the sequence of a message that has none yet.</summary>
    private const long AnySequence = 1;

    /// <returns>The refusal; null when it is as the rules allow.</returns>
    public static ChatRefusedException? Find(OutboxMessage message) => Check(message, AnySequence, out _);

    /// <returns>It as it is sent: what the server would cut off at its ends may be larger than it reads.</returns>
    /// <exception cref="ChatRefusedException">It violates the rules.</exception>
    public static OutboxMessage AsSent(OutboxMessage message) =>
        Check(message, otherwise: 0, out var sent) is { } refusal ? throw refusal : sent;

    private static ChatRefusedException? Check(OutboxMessage message, long otherwise, out OutboxMessage sent)
    {
        var target = message.Change?.TargetSequence ?? otherwise;
        RuleViolation? violation;
        switch (message.Change)
        {
            case MessageEdit edit:
                violation = AmendmentRules.Check(target, edit.Command, out var content);
                sent = message with { Change = edit with { Command = AsSent(edit.Command, content) } };
                break;
            case MessageDeletion deletion:
                violation = AmendmentRules.Check(target, deletion.Command, out DeleteMessage command);
                sent = message with { Change = deletion with { Command = command } };
                break;
            case MessageReactions reactions:
                violation = ReactionRules.Check(target, reactions.Keys, out var keys);
                sent = message with { Change = reactions with { Keys = keys } };
                break;
            default:
                violation = MessageRules.Check(message.Body, message.Options, out var allowed);
                sent = message with { Body = allowed.Body, Options = allowed.Options };
                break;
        }
        return violation is { } found ? new ChatRefusedException(found.ToError()) : null;
    }

    private static EditMessage AsSent(EditMessage command, in CheckedMessage content) => command with
    {
        Body = content.Body, AttachmentUrl = content.Options?.AttachmentUrl,
        AttachmentMeta = content.Options?.AttachmentMeta, Mentions = content.Options?.Mentions,
        Attachments = content.Options?.Attachments,
    };
}
