using System.Globalization;
using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Tell of what is new in a conversation. A conversation has one such task at most: while it waits messages
/// gather, and it is the position up to which was told.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="After">Up to this sequence was told, or nobody had to be.</param>
internal sealed record GatherTask(Guid ConversationId, long After)
{
    public const string Type = "notifications.gather";

    /// <summary>The queue of these tasks.</summary>
    public const string Queue = "chat.notices";

    /// <summary>The key holds until the task is done, however long it waits.</summary>
    private static readonly TimeSpan Ever = TimeSpan.FromDays(36_500);

    [JsonIgnore]
    public ConversationId Conversation => new(ConversationId);

    /// <param name="due">When what is new has gathered.</param>
    public TaskPlan PlanFor(DateTimeOffset due) => new()
    {
        Queue = Queue, ProcessAt = due, UniqueKey = ConversationId.ToString("N", CultureInfo.InvariantCulture),
        UniqueFor = Ever,
    };
}
