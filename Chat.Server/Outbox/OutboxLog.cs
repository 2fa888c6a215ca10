using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Outbox.Store;

namespace Chat.Server.Outbox;

/// <summary>The log, as outboxes reach it: in the name of the application, whatever the sender may.</summary>
/// <param name="chat">Gives the chat's services. They are asked for late: the application may start before the chat
/// has.</param>
internal sealed class OutboxLog(Func<IServiceProvider> chat)
{
    /// <summary>First stage: the message has its place. Second stage: it is durable.</summary>
    /// <param name="row">The message.</param>
    /// <param name="after">The second stage of the one before it in its conversation; null: there is none.</param>
    /// <param name="ct">Cancels waiting for a place.</param>
    public async Task<Task> EnqueueAsync(OutboxRow row, Task? after, CancellationToken ct)
    {
        var caller = new Caller(new UserKey(Tenant.Parse(row.Tenant), UserId.Parse(row.SenderId)))
        {
            Key = "application", IsApplication = true,
        };
        return await chat().GetRequiredService<ChatService>().EnqueueSendAsync(
            caller, row.Conversation, row.Body, OutboxContent.OptionsOf(row), ct, id: new MessageId(row.Id),
            after: after);
    }
}
