using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Tasks;

namespace Chat.Server.Transports.Rest;

/// <summary>A message that was accepted over REST and is on its way to the log.</summary>
internal sealed record ChatSendTask(Guid ConversationId, string SenderId, string? Body, SendOptions Options)
{
    public const string Type = "chat.send";

    /// <summary>How long a task can be looked up once its message is in the log.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>A user's messages to a conversation keep the order in which they were accepted.</summary>
    public TaskPlan Plan() => new()
    {
        Queue = "chat", Retention = Kept,
        Group = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ConversationId:N}{SenderId}"))),
    };
}

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
            await await chat.EnqueueSendAsync(UserId.Parse(payload.SenderId),
                new ConversationId(payload.ConversationId), payload.Body, options, ct, id: new MessageId(run.Id));
        }
        catch (ChatException e) when (e.Code is not (ChatErrorCode.InternalError or ChatErrorCode.RateLimited))
        {
            // removed from the conversation meanwhile: trying again changes nothing
            throw new TaskGivenUpException(e.ToError(JsonNames.Snake.Spell).ToHubText(), e);
        }
    }
}

[JsonSerializable(typeof(ChatSendTask))]
internal sealed partial class ChatSendJson : JsonSerializerContext;
