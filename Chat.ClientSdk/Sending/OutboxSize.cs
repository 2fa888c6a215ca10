using System.Text;
using Chat.Contracts.Entries;

namespace Chat.ClientSdk.Sending;

/// <summary>The size of a message against the outbox's bound in bytes.</summary>
internal static class OutboxSize
{
    public static int Of(OutboxMessage message) =>
        Of(message.Body) + Of(message.Options.AttachmentUrl) + Of(message.Options.AttachmentMeta?.Text)
        + (message.Options.Mentions?.Users.Sum(static user => Of(user.Value)) ?? 0)
        + (message.Options.Attachments?.Sum(Of) ?? 0);

    private static int Of(MessageAttachment one) =>
        Of(one.Url) + Of(one.Name) + Of(one.Id) + Of(one.MediaType) + Of(one.Meta?.Text);

    private static int Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
