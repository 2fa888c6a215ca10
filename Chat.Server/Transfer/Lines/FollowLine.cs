using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Transfer.Lines;

/// <summary>A thread of the conversation that a user follows, or follows no longer.</summary>
internal sealed record FollowLine : TransferLine
{
    public const string Name = "follow";

    public override string Type => Name;

    public required UserId UserId { get; init; }

    /// <summary>The sequence of its first message.</summary>
    public required long Thread { get; init; }

    public required bool IsFollowing { get; init; }

    /// <summary>The user has read it up to there.</summary>
    public required long Read { get; init; }

    /// <summary>The user has marked as unread what is behind it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UnreadFrom { get; init; }
}
