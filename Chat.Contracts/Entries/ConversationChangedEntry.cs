using System.Text.Json.Serialization;

namespace Chat.Contracts.Entries;

/// <summary>The title or a setting of the conversation changed. It has what changed; the rest is null.</summary>
public sealed record ConversationChangedEntry : ConversationEntry
{
    /// <summary>The new title, empty when there is none any more; null: it did not change.</summary>
    public string? Title { get; init; }

    /// <summary>What it is about from now on, empty for nothing; null: it did not change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }

    /// <summary>Where its picture is from now on, empty for none; null: it did not change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvatarUrl { get; init; }

    /// <summary>Whether it is archived from now on; null: it did not change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsArchived { get; init; }

    /// <summary>The new seconds between two messages of a user, 0 for none; null: they did not change.</summary>
    public int? SlowModeSeconds { get; init; }
}
