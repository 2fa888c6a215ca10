namespace Chat.Server.Callers;

/// <summary>Tokens of a user that are refused, as it is stored.</summary>
/// <param name="Number">Rises with the order in which they were stored.</param>
/// <param name="User">Whose.</param>
/// <param name="Session">Only those of this sign-in; null: all.</param>
/// <param name="NotBefore">Those that were issued until then, in whole seconds; null: all, the user is
/// deactivated.</param>
/// <param name="Expires">When the last of them has expired: from then on it says nothing. Null: never.</param>
internal sealed record Revocation(
    long Number, UserKey User, string? Session, DateTimeOffset? NotBefore, DateTimeOffset? Expires)
{
    /// <summary>Whether it refuses a token of its user.</summary>
    public bool Refuses(DateTimeOffset issued, string? session) =>
        (Session is null || Session == session)
        && (NotBefore is not { } last || issued.ToUnixTimeSeconds() <= last.ToUnixTimeSeconds());
}
