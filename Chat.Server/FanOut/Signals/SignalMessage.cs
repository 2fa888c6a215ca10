using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>Any signal; what a kind does not have is left out.</summary>
internal readonly record struct SignalMessage
{
    [JsonPropertyName("k")]
    public SignalKind Kind { get; init; }

    [JsonPropertyName("c")]
    public ConversationId Conversation { get; init; }

    [JsonPropertyName("u")]
    public UserId User { get; init; }

    [JsonPropertyName("f")]
    public bool Flag { get; init; }

    [JsonPropertyName("s")]
    public long Sequence { get; init; }

    [JsonPropertyName("t")]
    public DateTimeOffset? At { get; init; }
}
