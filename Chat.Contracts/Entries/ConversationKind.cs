using System.Text.Json.Serialization;

namespace Chat.Contracts.Entries;

/// <summary>The kind of a conversation. In JSON, its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConversationKind>))]
public enum ConversationKind
{
    /// <summary>Named participants, who may add others.</summary>
    [JsonStringEnumMemberName("group")]
    Group = 0,

    /// <summary>Two users; this never changes.</summary>
    [JsonStringEnumMemberName("direct")]
    Direct = 1,

    /// <summary>Anyone may read and write, like the lobby.</summary>
    [JsonStringEnumMemberName("public")]
    Public = 2,
}
