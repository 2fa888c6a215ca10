using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Transfer.Lines;

/// <summary>A message of the conversation that counts as one that mentions a user: who took part when it was stored,
/// and who had blocked whom, is in no log.</summary>
internal sealed record MentionLine : TransferLine
{
    public const string Name = "mention";

    public override string Type => Name;

    /// <summary><c>*</c>: everyone.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The message's.</summary>
    public required long Sequence { get; init; }

    /// <summary>The thread of the message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Thread { get; init; }

    /// <summary>When the message was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
