using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Server.Notifications;

/// <summary>The content of a webhook: new messages of one conversation, and the users who have not seen them and are
/// not connected.</summary>
/// <param name="EventId">The same on every attempt.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="ConversationKind">group, direct or public.</param>
/// <param name="Title">Of the conversation, or null.</param>
/// <param name="Recipients">The users to notify; at most <see cref="MaxRecipients"/>, more come in further
/// notices.</param>
/// <param name="Messages">Ascending; at most <see cref="MaxMessages"/>, the newest.</param>
/// <param name="MessageCount">The number of messages, including those left out.</param>
internal sealed record UnreadNotice(
    string EventId, Guid ConversationId, string ConversationKind, string? Title,
    IReadOnlyList<NoticeRecipient> Recipients,
    IReadOnlyList<NoticeMessage> Messages, int MessageCount)
{
    public const int MaxRecipients = 1_000, MaxMessages = 20;

    /// <summary>The kind of notice; there is one so far.</summary>
    public string Type => "messages.unread";

    /// <summary>Whose conversation and users these are; left out for the default tenant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tenant { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(UnreadNotice))]
[JsonSerializable(typeof(GatherTask))]
[JsonSerializable(typeof(DeliverTask))]
internal sealed partial class NotificationJson : JsonSerializerContext;
