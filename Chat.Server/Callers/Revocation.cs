namespace Chat.Server.Callers;

/// <summary>Tokens of a user that are refused, as it is stored.</summary>
/// <param name="Number">Rises with the order in which they were stored.</param>
/// <param name="User">Whose; <see cref="UserKey.Everybody"/>: the tenant is suspended, or was.</param>
/// <param name="Session">Only those of this sign-in, or only the token with this id that this server issued; null:
/// all.</param>
/// <param name="NotBefore">Those that were issued until then, in whole seconds; null: all, the user is
/// deactivated.</param>
/// <param name="Expires">When the last of them has expired: from then on it says nothing. Null: never.</param>
internal sealed record Revocation(
    long Number, UserKey User, string? Session, DateTimeOffset? NotBefore, DateTimeOffset? Expires)
{
    /// <summary>Whether it refuses this caller, who is its user. Back ends may act for all users who are not
    /// deactivated.</summary>
    public bool Refuses(Caller caller) =>
        caller.IssuedAt is { } issued
            ? (Session is null || Session == caller.Session || Session == caller.TokenId)
                && (NotBefore is not { } last || issued.ToUnixTimeSeconds() <= last.ToUnixTimeSeconds())
            : caller is { IsByKey: true, IsApplication: false } && NotBefore is null;

    /// <summary>What holds when another one follows for the same user and sign-in: that one, with the later of both
    /// times. A time that follows a deactivation takes the user back.</summary>
    public Revocation Then(Revocation next) =>
        next.NotBefore is { } until && NotBefore > until ? next with { NotBefore = NotBefore } : next;
}
