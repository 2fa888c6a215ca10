using Chat.Contracts.Identifiers;

namespace Chat.Server.Transfer.Lines;

/// <summary>What a user has put to a message of the conversation: the whole set.</summary>
internal sealed record ReactionLine : TransferLine
{
    public const string Name = "reaction";

    public override string Type => Name;

    /// <summary>The message's.</summary>
    public required long TargetSequence { get; init; }

    public required UserId UserId { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }
}
