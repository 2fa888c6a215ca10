using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Safety.Store;

/// <summary>What one user has to do with another. Each block has a row on either side, so that both are found by the
/// key.</summary>
internal sealed class BlockRow
{
    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    public required UserId OtherId { get; init; }

    /// <summary>The user has blocked the other.</summary>
    public bool Blocks { get; set; }

    /// <summary>The other has blocked the user.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>When that changed, by the clock of the instance that changed it. Rows with neither stay for a while, so
    /// that other instances see the change.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
