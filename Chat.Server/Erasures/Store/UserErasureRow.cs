using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Erasures.Store;

/// <summary>A user whose content is erased, and how far that is.</summary>
internal sealed class UserErasureRow
{
    public required Guid Id { get; init; }

    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The number of the row of the log up to which was looked.</summary>
    public long Position { get; set; }

    /// <summary>The number of the newest row when it began.</summary>
    public required long Until { get; init; }

    /// <summary>In how many content was erased.</summary>
    public long Conversations { get; set; }

    /// <summary>How many messages were erased.</summary>
    public long Messages { get; set; }

    /// <summary>Since when it is done; null: it is not.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
