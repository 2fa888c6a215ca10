using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Tasks;

namespace Chat.Server.Transports.Rest;

/// <summary>A message that was accepted over REST and is on its way to the log.</summary>
internal sealed record ChatSendTask(Guid ConversationId, string SenderId, string? Body, SendOptions Options)
{
    /// <summary>The sender's; null for the default one, and in what was queued before there were tenants.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tenant { get; init; }

    /// <summary>The application sends it: the sender need not take part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AsApplication { get; init; }

    /// <summary>The back end's key, as the audit names it; null: none, or it was queued by a version that does not say
    /// so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>When the sender's token was issued, in Unix seconds; null in open mode.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TokenIssued { get; init; }

    /// <summary>The sign-in that it came from; null: it does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenSession { get; init; }

    /// <summary>The id of the sender's token, if this server issued it; null: it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenId { get; init; }

    /// <summary>The sender, who may be signed out before the message is in the log: then it is given up.</summary>
    [JsonIgnore]
    public Caller Sender => new(new UserKey(
        Tenant is null ? Callers.Tenant.Default : Callers.Tenant.Parse(Tenant), UserId.Parse(SenderId)))
    {
        Key = Key ?? (AsApplication ? "key" : null), IsApplication = AsApplication,
        IssuedAt = TokenIssued is { } issued ? DateTimeOffset.FromUnixTimeSeconds(issued) : null,
        Session = TokenSession, TokenId = TokenId,
    };

    public static ChatSendTask Of(Caller sender, ConversationId to, string? body, SendOptions options) =>
        new(to.Value, sender.Id.Value, body, options)
        {
            Tenant = sender.Tenant == Callers.Tenant.Default ? null : sender.Tenant.Name,
            AsApplication = sender.IsApplication, Key = sender.Key, TokenId = sender.TokenId,
            TokenIssued = sender.IssuedAt?.ToUnixTimeSeconds(), TokenSession = sender.Session,
        };

    public const string Type = "chat.send";

    /// <summary>How long a task can be looked up once its message is in the log.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>A user's messages to a conversation keep the order in which they were accepted.</summary>
    public TaskPlan Plan() => new()
    {
        Queue = "chat", Retention = Kept, Owner = Sender.User.ToWire(),
        Group = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ConversationId:N}{SenderId}"))),
    };
}

[JsonSerializable(typeof(ChatSendTask))]
internal sealed partial class ChatSendJson : JsonSerializerContext;
