using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>A conversation. What follows is its own, up to the next line that is none of a conversation.</summary>
internal sealed record ConversationLine : TransferLine
{
    public const string Name = "conversation";

    public override string Type => Name;

    public required ConversationId Id { get; init; }

    public required Tenant Tenant { get; init; }

    public required ConversationKind Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>Names the pair of users of a direct conversation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DirectKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many entries it has.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The newest entry that took a right from somebody; 0: none did.</summary>
    public long RemovedSequence { get; init; }

    /// <summary>The newest entry whose content was erased by its age; 0: there is none.</summary>
    public long ErasedSequence { get; init; }

    public int SlowModeSeconds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvatarUrl { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsArchived { get; init; }
}
