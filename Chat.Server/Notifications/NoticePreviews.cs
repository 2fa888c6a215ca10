using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Server.Notifications;

/// <summary>Puts the beginnings of messages into a notice, as they are when it is posted.</summary>
internal sealed class NoticePreviews(IMessageStore store, NotificationsOptions options)
{
    /// <summary>The body of the webhook.</summary>
    public async Task<byte[]> FillAsync(DeliverTask task, CancellationToken ct)
    {
        if (!task.WithPreviews
            || JsonSerializer.Deserialize(task.Body, NotificationJson.Default.UnreadNotice) is not { } notice)
            return Encoding.UTF8.GetBytes(task.Body);
        var conversation = new ConversationId(notice.ConversationId);
        var messages = new List<NoticeMessage>(notice.Messages.Count);
        foreach (var message in notice.Messages)
            messages.Add(message with { Preview = await PreviewAsync(conversation, message.Seq, ct) });
        return JsonSerializer.SerializeToUtf8Bytes(
            notice with { Messages = messages }, NotificationJson.Default.UnreadNotice);
    }

    private async Task<string?> PreviewAsync(ConversationId conversation, long sequence, CancellationToken ct) =>
        await store.ReadMessageAsync(conversation, sequence, ct) is [MessageEntry message, .. var changes]
            ? NoticeMessage.PreviewOf(
                MessageFold.Of(message, changes.FirstOrDefault()).Body, options.PreviewCharacters)
            : null;
}
