using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Transfer.Lines;

/// <summary>The first line: what file this is.</summary>
internal sealed record HeaderLine : TransferLine
{
    public const string Name = "header", FormatName = "chat-export", UserFormatName = "chat-user-export";

    /// <summary>Raised when a reader of the version before would read a file wrong, or refuse it without saying why.
    /// In version 1 there are no mentions.</summary>
    public const int CurrentVersion = 2;

    private const int FirstVersion = 1, VersionOfMentions = 2;

    public override string Type => Name;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>Whether this version of the server reads the file.</summary>
    [JsonIgnore]
    public bool IsKnown => Version is >= FirstVersion and <= CurrentVersion;

    /// <summary>Whether mentions are those of the file; else the import makes them.</summary>
    [JsonIgnore]
    public bool HasMentions => Version >= VersionOfMentions;

    /// <summary>Names this export; another run has another one.</summary>
    public required Guid Id { get; init; }

    /// <summary>What was acknowledged before is in it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the log that it was read from. An import has a new one.</summary>
    public required Guid Generation { get; init; }

    /// <summary>The level that a server must have for what is in it.</summary>
    public required int Level { get; init; }

    /// <summary>The tenant that was asked for; null: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tenant { get; init; }

    /// <summary>The conversations that were asked for; null: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationId>? Conversations { get; init; }

    /// <summary>Of the export of a user: whose.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserId? UserId { get; init; }
}
