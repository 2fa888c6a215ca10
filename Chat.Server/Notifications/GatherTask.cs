using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Look whom to tell of what is new in a conversation.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="After">Where to begin when nobody was told of it before.</param>
internal sealed record GatherTask(Guid ConversationId, long After)
{
    public const string Type = "notifications.gather";

    [JsonIgnore]
    public ConversationId Conversation => new(ConversationId);

    /// <summary>The job's cursor in a conversation's log.</summary>
    public static string CursorOf(ConversationId conversation) => $"notifications/{conversation.Value:N}";

    /// <summary>One for each conversation at a time, begun when its messages had time to gather.</summary>
    public static TaskPlan PlanFor(ConversationId conversation, NotificationsOptions options) => new()
    {
        Queue = NotificationsRegistration.Queue, ProcessIn = TimeSpan.FromSeconds(options.GatherSeconds),
        UniqueKey = conversation.Value.ToString("N"),
        UniqueFor = TimeSpan.FromSeconds(options.GatherSeconds) + TimeSpan.FromMinutes(1),
    };
}
