using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
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
        Queue = "chat", Retention = Kept, Owner = SenderId,
        Group = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ConversationId:N}{SenderId}"))),
    };
}

[JsonSerializable(typeof(ChatSendTask))]
internal sealed partial class ChatSendJson : JsonSerializerContext;
