using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Server.Persistence.Entries;

/// <summary>What an entry carries beyond the columns, as JSON in the column <c>payload</c>. A message that has none of
/// it has no payload.</summary>
internal sealed record EntryPayload
{
    public IReadOnlyList<UserId>? ParticipantIds { get; init; }

    public UserId? ParticipantId { get; init; }

    public string? Title { get; init; }

    public ParticipantRole? Role { get; init; }

    public DateTimeOffset? Until { get; init; }

    public int? SlowModeSeconds { get; init; }

    public string? Topic { get; init; }

    public string? AvatarUrl { get; init; }

    public bool? IsArchived { get; init; }

    public string? Reason { get; init; }

    public long? ThroughSequence { get; init; }

    /// <summary>How many users have put which reactions to a message.</summary>
    public IReadOnlyList<ReactionCount>? Counts { get; init; }

    /// <summary>Whose reactions changed.</summary>
    public IReadOnlyList<ReactionChange>? Changes { get; init; }

    public MessageMentions? Mentions { get; init; }

    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }

    /// <summary>This one and the next two are set between instances only: in the database they are columns.</summary>
    public long? ReplyTo { get; init; }

    public long? Thread { get; init; }

    public bool? AlsoInConversation { get; init; }

    /// <summary>The characters of its texts, about.</summary>
    [JsonIgnore]
    public int Length => LengthOf(ParticipantIds) + LengthOf(Mentions?.Users) + (Attachments?.Sum(LengthOf) ?? 0);

    public string ToText() => JsonSerializer.Serialize(this, EntryPayloadJson.Default.EntryPayload);

    public static EntryPayload? Parse(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, EntryPayloadJson.Default.EntryPayload);

    private static int LengthOf(IReadOnlyList<UserId>? users)
    {
        var sum = 0;
        foreach (var user in users ?? []) sum += user.Value.Length;
        return sum;
    }

    private static int LengthOf(MessageAttachment one) => one.Url.Length + (one.Id?.Length ?? 0)
        + (one.Name?.Length ?? 0) + (one.MediaType?.Length ?? 0) + (one.Meta?.Text.Length ?? 0);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(EntryPayload))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class EntryPayloadJson : JsonSerializerContext;
