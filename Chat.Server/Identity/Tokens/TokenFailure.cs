using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>Says in words what the framework found wrong with a token.</summary>
internal static class TokenFailure
{
    public static TokenReading Explain(Exception failure, JsonWebToken token, Issuer issuer) => failure switch
    {
        SecurityTokenExpiredException expired => TokenReading.Expired($"has expired: it ended at {expired.Expires:u}"),
        TokenRuleException rule => TokenReading.Invalid(rule.Message),
        SecurityTokenInvalidAudienceException => TokenReading.Invalid(
            $"is for another audience, {Quoted(token.Audiences)} (aud); {issuer.Scheme} takes "
                + Quoted(issuer.Audiences)),
        SecurityTokenSignatureKeyNotFoundException when !string.IsNullOrEmpty(token.Kid) => TokenReading.Forged(
            $"is signed with a key that {issuer.Scheme} does not have (kid \"{token.Kid}\")"),
        SecurityTokenInvalidSignatureException => TokenReading.Forged( // without kid every key was tried
            $"has a signature that is not {issuer.Scheme}'s"),
        _ => TokenReading.Invalid($"is not valid: {failure.GetType().Name}"),
    };

    private static string Quoted(IEnumerable<string> some) => string.Join(", ", some.Select(one => $"\"{one}\""));
}
