using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Identity.Tokens;

/// <summary>What came of looking at a token.</summary>
/// <param name="Caller">Whose it is; null: it is refused.</param>
/// <param name="Code">What kind of refusal.</param>
/// <param name="Words">Why, after "it"; for those who hold the token, and not for strangers.</param>
internal readonly record struct TokenReading(Caller? Caller, ChatErrorCode Code, string Words)
{
    /// <summary>True where somebody may be guessing: a signature or a secret that is nobody's.</summary>
    public bool IsForged { get; private init; }

    public static TokenReading Of(Caller caller) => new(caller, default, "");

    public static TokenReading Invalid(string words) => new(null, ChatErrorCode.TokenInvalid, words);

    public static TokenReading Forged(string words) => Invalid(words) with { IsForged = true };

    public static TokenReading Expired(string words) => new(null, ChatErrorCode.TokenExpired, words);

    public static TokenReading Revoked(string words) => new(null, ChatErrorCode.TokenRevoked, words);

    public static TokenReading Unavailable(string words) => new(null, ChatErrorCode.InternalError, words);
}
