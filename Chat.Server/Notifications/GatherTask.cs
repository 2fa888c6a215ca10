using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>Find the users to notify of new messages in a conversation. Versions before this one stored it as a
/// task.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="After">Where to begin when there was no notice before.</param>
internal sealed record GatherTask(Guid ConversationId, long After)
{
    public const string Type = "notifications.gather";

    [JsonIgnore]
    public ConversationId Conversation => new(ConversationId);

    /// <summary>The job's cursor in a conversation's log.</summary>
    public static string CursorOf(ConversationId conversation) => $"notifications/{conversation.Value:N}";
}
