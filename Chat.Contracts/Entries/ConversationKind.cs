using System.Text.Json.Serialization;

namespace Chat.Contracts.Entries;

/// <summary>What a conversation is. In JSON the word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConversationKind>))]
public enum ConversationKind
{
    /// <summary>Those named take part; participants may add others.</summary>
    [JsonStringEnumMemberName("group")]
    Group = 0,

    /// <summary>Two users, for ever.</summary>
    [JsonStringEnumMemberName("direct")]
    Direct = 1,

    /// <summary>Anyone may read and write, like the lobby.</summary>
    [JsonStringEnumMemberName("public")]
    Public = 2,
}
