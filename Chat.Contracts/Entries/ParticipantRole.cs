using System.Text.Json.Serialization;

namespace Chat.Contracts.Entries;

/// <summary>What a participant is in a conversation; <see cref="Rules.RightsTable"/> says what each may do. The
/// numbers are stored. In JSON, its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParticipantRole>))]
public enum ParticipantRole
{
    /// <summary>Reads and writes.</summary>
    [JsonStringEnumMemberName("member")]
    Member = 0,

    /// <summary>May do everything, and gives roles.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner = 1,

    /// <summary>Is banned: may neither read nor write, and is not listed.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked = 2,

    /// <summary>Reads, but may not write: is muted by a moderator.</summary>
    [JsonStringEnumMemberName("readonly")]
    Readonly = 3,

    /// <summary>Also removes, bans and mutes others, and changes title and settings.</summary>
    [JsonStringEnumMemberName("moderator")]
    Moderator = 4,
}
