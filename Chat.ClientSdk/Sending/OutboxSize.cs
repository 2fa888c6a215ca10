using System.Text;

namespace Chat.ClientSdk.Sending;

/// <summary>The size of a message against the outbox's bound in bytes.</summary>
internal static class OutboxSize
{
    public static int Of(OutboxMessage message) =>
        Of(message.Body) + Of(message.Options.AttachmentUrl) + Of(message.Options.AttachmentMeta?.Text);

    private static int Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
