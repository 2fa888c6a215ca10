using System.Text.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>The keys of a message in one spelling, encoded once.</summary>
internal sealed class JsonNames
{
    /// <summary>REST and raw sockets: go-chatty's documented spelling.</summary>
    public static readonly JsonNames Snake = new(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>The hub, and raw sockets that speak go-chatty's later spelling.</summary>
    public static readonly JsonNames Camel = new(JsonNamingPolicy.CamelCase);

    private JsonNames(JsonNamingPolicy policy)
    {
        Policy = policy;
        ConversationId = Encode("ConversationId");
        SenderId = Encode("SenderId");
        CreatedAt = Encode("CreatedAt");
        DedupeKey = Encode("DedupeKey");
        AfterSeq = Encode("AfterSeq");
        UserId = Encode("UserId");
        UserIds = Encode("UserIds");
        LastSeenAt = Encode("LastSeenAt");
        OnlineCount = Encode("OnlineCount");
        WithinMs = Encode("WithinMs");
        RetryAfterMs = Encode("RetryAfterMs");
        ExpiresInSeconds = Encode("ExpiresInSeconds");
        EffectiveAt = Encode("EffectiveAt");
        JsonEncodedText Encode(string name) => JsonEncodedText.Encode(policy.ConvertName(name));
    }

    public JsonNamingPolicy Policy { get; }

    /// <summary>The spelling of a field in refusals. Where raw frames and REST have a name of their own, it is that
    /// one.</summary>
    public string Spell(ChatField field) => Policy.ConvertName(field.Name switch
    {
        "afterSequence" or "after" => "afterSeq",
        "before" => "beforeSeq",
        "sequence" => "seq",
        "targetSequence" => "targetSeq",
        var name => name,
    });

    public JsonEncodedText ConversationId { get; }

    public JsonEncodedText SenderId { get; }

    public JsonEncodedText CreatedAt { get; }

    public JsonEncodedText DedupeKey { get; }

    public JsonEncodedText AfterSeq { get; }

    public JsonEncodedText UserId { get; }

    public JsonEncodedText UserIds { get; }

    public JsonEncodedText LastSeenAt { get; }

    public JsonEncodedText OnlineCount { get; }

    public JsonEncodedText WithinMs { get; }

    public JsonEncodedText RetryAfterMs { get; }

    public JsonEncodedText ExpiresInSeconds { get; }

    public JsonEncodedText EffectiveAt { get; }
}
