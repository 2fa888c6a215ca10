using System.Text.Json.Serialization;

namespace Chat.Contracts.Commands;

/// <summary>Changes title and settings of a conversation. What is null stays.</summary>
public sealed record ChangeConversation
{
    /// <summary>The new title, at most 255 characters; empty: none.</summary>
    public string? Title { get; init; }

    /// <summary>What the conversation is about, at most 250 characters; empty: nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }

    /// <summary>Where its picture is: an address with <c>http</c> or <c>https</c>, or a path of the same server that
    /// begins with <c>/</c>; at most 2,048 characters. Empty: it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvatarUrl { get; init; }

    /// <summary>True: nobody writes, reacts, pins or is added any more, until it is false again. Everything can still
    /// be read, and messages can be deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsArchived { get; init; }

    /// <summary>Slow mode: the seconds between two messages of a user, 0 for none, at most 86,400. Owners and
    /// moderators need not wait.</summary>
    public int? SlowModeSeconds { get; init; }
}
