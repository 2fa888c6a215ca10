using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Tasks;

namespace Chat.Server.Transports.Rest;

/// <summary>Puts accepted messages into the log. One that was put there before is found by its dedupe key, which is the
/// task's id where the sender gave none.</summary>
internal sealed class ChatSendHandler(ChatService chat) : ITaskHandler<ChatSendTask>
{
    public async Task HandleAsync(ChatSendTask payload, TaskRun run, CancellationToken ct)
    {
        var options = string.IsNullOrEmpty(payload.Options.DedupeKey)
            ? payload.Options with { DedupeKey = run.Id.ToString() }
            : payload.Options;
        try
        {
            // The sender was told the task's id: it is the message's too.
            var stored = await chat.EnqueueSendAsync(payload.Sender,
                new ConversationId(payload.ConversationId), payload.Body, options, ct, id: new MessageId(run.Id),
                after: run.Turn.Before);
            // Its place in the log is fixed: the sender's next may be put behind it and share its commit.
            run.Turn.Pass(stored);
            await stored;
        }
        catch (ChatException e) when (e.Code is not (ChatErrorCode.InternalError or ChatErrorCode.RateLimited))
        {
            // removed from the conversation meanwhile: trying again changes nothing
            throw new TaskGivenUpException(e.ToError(JsonNames.Snake.Spell).ToHubText(), e);
        }
    }
}
