using System.Text;
using Chat.Contracts.Entries;

namespace Chat.ClientSdk.Sending;

/// <summary>The size of a message, or of a change of one, against the outbox's bound in bytes.</summary>
internal static class OutboxSize
{
    public static int Of(OutboxMessage message) =>
        Of(message.Body) + Of(message.Options.AttachmentUrl) + Of(message.Options.AttachmentMeta?.Text)
        + Of(message.Options.Mentions, message.Options.Attachments) + Of(message.Change);

    private static int Of(MessageChange? change) => change switch
    {
        MessageEdit { Command: var edit } => Of(edit.Body) + Of(edit.AttachmentUrl) + Of(edit.AttachmentMeta?.Text)
            + Of(edit.Mentions, edit.Attachments),
        MessageDeletion { Command: var deletion } => Of(deletion.Reason),
        MessageReactions { Keys: var keys } => keys.Sum(Of),
        _ => 0,
    };

    private static int Of(MessageMentions? mentions, IReadOnlyList<MessageAttachment>? attachments) =>
        (mentions?.Users.Sum(static user => Of(user.Value)) ?? 0) + (attachments?.Sum(Of) ?? 0);

    private static int Of(MessageAttachment one) =>
        Of(one.Url) + Of(one.Name) + Of(one.Id) + Of(one.MediaType) + Of(one.Meta?.Text);

    private static int Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
