using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.Revocations;

/// <summary>A revocation that is asked for.</summary>
/// <param name="Kind">What.</param>
/// <param name="User">Whose tokens; of a tenant: <see cref="UserKey.Everybody"/>.</param>
/// <param name="Session">Only those of this sign-in, or the token with this id; null: all.</param>
/// <param name="Before">Those that were issued until then; null: until now.</param>
/// <param name="Reason">For people.</param>
internal sealed record RevocationOrder(
    RevocationKind Kind, UserKey User, string? Session, DateTimeOffset? Before, string Reason)
{
    /// <summary>It refuses all, until it is taken back.</summary>
    public bool RefusesAll => Kind is RevocationKind.Deactivate or RevocationKind.Suspend;

    /// <summary>It takes back what refused all.</summary>
    public bool TakesBack => Kind is RevocationKind.Reactivate or RevocationKind.Resume;

    /// <summary>A tenant is suspended or resumed.</summary>
    public static RevocationOrder OfTenant(RevocationKind kind, Tenant tenant, string reason, TimeSpan tokensLive) =>
        new(kind, UserKey.Everybody(tenant), Session: null,
            // Tokens that were issued before are accepted again.
            Before: kind == RevocationKind.Resume ? DateTimeOffset.UnixEpoch : null, reason)
        {
            TokensLive = tokensLive,
        };

    /// <summary>The level of servers that know of it.</summary>
    public int Level => User.IsEverybody ? Deployment.LevelOfSuspension : Deployment.LevelOfRights;

    /// <summary>How long a token lives at most: so long the revocation is kept.</summary>
    public required TimeSpan TokensLive { get; init; }

    /// <summary>For the audit, stored with it; null: it is noted already.</summary>
    public AuditEntry? Audit { get; init; }
}
