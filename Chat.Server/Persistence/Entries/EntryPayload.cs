using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
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

    public string? Reaction { get; init; }

    public bool? Removed { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, EntryPayloadJson.Default.EntryPayload);

    public static EntryPayload? Parse(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, EntryPayloadJson.Default.EntryPayload);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(EntryPayload))]
internal sealed partial class EntryPayloadJson : JsonSerializerContext;
