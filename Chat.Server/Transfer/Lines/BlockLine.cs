using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>What one user has to do with another. Each block has a line on either side.</summary>
internal sealed record BlockLine : TransferLine
{
    public const string Name = "block";

    public override string Type => Name;

    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    public required UserId OtherId { get; init; }

    /// <summary>The user has blocked the other.</summary>
    public required bool Blocks { get; init; }

    /// <summary>The other has blocked the user.</summary>
    public required bool IsBlocked { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}
