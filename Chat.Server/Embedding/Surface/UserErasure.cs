using Chat.Contracts.Identifiers;

namespace Chat.Server;

/// <summary>How far the erasure of a user is (<see cref="IChat.EraseUserAsync"/>).</summary>
/// <param name="Id">The job.</param>
/// <param name="User">Whose content goes.</param>
/// <param name="Tenant">Of which tenant.</param>
public sealed record UserErasure(Guid Id, UserId User, string Tenant)
{
    /// <summary>How many conversations had content of the user, as far as it is.</summary>
    public long Conversations { get; init; }

    /// <summary>How many messages were erased.</summary>
    public long Messages { get; init; }

    /// <summary>When it was done, in UTC; null: it is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
