using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Server.Notifications;

/// <summary>What a webhook says: new messages of one conversation, and who has not seen them and is connected
/// nowhere.</summary>
/// <param name="EventId">The same on every attempt.</param>
/// <param name="ConversationId">Where.</param>
/// <param name="ConversationKind">group, direct or public.</param>
/// <param name="Title">Of the conversation, or null.</param>
/// <param name="Recipients">Who is to be told; at most <see cref="MaxRecipients"/>, more come as further
/// notices.</param>
/// <param name="Messages">Ascending; at most <see cref="MaxMessages"/>, the newest.</param>
/// <param name="MessageCount">How many there are, those left out included.</param>
internal sealed record UnreadNotice(
    string EventId, Guid ConversationId, string ConversationKind, string? Title,
    IReadOnlyList<NoticeRecipient> Recipients,
    IReadOnlyList<NoticeMessage> Messages, int MessageCount)
{
    public const int MaxRecipients = 1_000, MaxMessages = 20;

    /// <summary>What kind of notice it is; there is one so far.</summary>
    public string Type => "messages.unread";
}

/// <param name="UserId">Who.</param>
/// <param name="UnreadCount">Entries of the conversation behind the user's read position.</param>
internal sealed record NoticeRecipient(string UserId, long UnreadCount);

/// <param name="Id">The message's id.</param>
/// <param name="Seq">Its place in the conversation.</param>
/// <param name="SenderId">Who wrote it.</param>
/// <param name="MsgType">0 text, 1 image, 2 file, 3 system.</param>
/// <param name="Preview">The beginning of its text; null where the deployment tells none.</param>
/// <param name="CreatedAt">When it was stored.</param>
internal sealed record NoticeMessage(
    Guid Id, long Seq, string SenderId, int MsgType, string? Preview, DateTimeOffset CreatedAt)
{
    public static NoticeMessage From(MessageEntry message, int previewCharacters) => new(
        message.Id.Value, message.Sequence, message.SenderId.Value, (int)message.MsgType,
        Cut(message.Body, previewCharacters), message.CreatedAt);

    private static string? Cut(string? text, int characters)
    {
        if (text is null || characters == 0) return null;
        if (text.Length <= characters) return text;
        // Never half of a surrogate pair.
        return text[..(char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters)] + "…";
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(UnreadNotice))]
[JsonSerializable(typeof(GatherTask))]
[JsonSerializable(typeof(DeliverTask))]
internal sealed partial class NotificationJson : JsonSerializerContext;
