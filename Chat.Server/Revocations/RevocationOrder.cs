using Chat.Server.Callers;

namespace Chat.Server.Revocations;

/// <summary>A revocation that is asked for.</summary>
/// <param name="Kind">What.</param>
/// <param name="User">Whose tokens.</param>
/// <param name="Session">Only those of this sign-in; null: all.</param>
/// <param name="Before">Those that were issued until then; null: until now.</param>
/// <param name="Reason">For people.</param>
internal sealed record RevocationOrder(
    RevocationKind Kind, UserKey User, string? Session, DateTimeOffset? Before, string Reason)
{
    /// <summary>How long a token lives at most: so long the revocation is kept.</summary>
    public required TimeSpan TokensLive { get; init; }
}
