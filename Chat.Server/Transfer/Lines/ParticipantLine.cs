using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Transfer.Lines;

/// <summary>Who takes part in the conversation, or is banned from it, and how far the user has read it.</summary>
internal sealed record ParticipantLine : TransferLine
{
    public const string Name = "participant";

    public override string Type => Name;

    public required UserId UserId { get; init; }

    public required ParticipantRole Role { get; init; }

    /// <summary>When a ban or a mute ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RoleUntil { get; init; }

    /// <summary>Why somebody is banned or muted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RoleReason { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>The user has read up to there.</summary>
    public required long Read { get; init; }

    /// <summary>The user has marked as unread what is behind it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UnreadFrom { get; init; }

    /// <summary>The user wants no notifications.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsMuted { get; init; }
}
