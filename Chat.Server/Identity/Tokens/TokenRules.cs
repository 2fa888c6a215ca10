using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>What this server demands of a token beyond a signature, an issuer and an audience.</summary>
internal sealed class TokenRules(IOptions<IdentityOptions> options, TimeProvider time)
{
    public const int MaxBytes = 16 * 1024;

    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    /// <summary>How far ahead an issuer's clock may be. Not how long a token is taken after its end.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Algorithms of secrets, and of key pairs. <c>none</c> is in neither.</summary>
    public static readonly IReadOnlyList<string> OfSecrets =
        [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];
    public static readonly IReadOnlyList<string> OfKeyPairs =
        [
            SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
            SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
            SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        ];

    /// <summary>A <see cref="LifetimeValidator"/>.</summary>
    public bool CheckLifetime(
        DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var issued = token is JsonWebToken jwt && jwt.TryGetPayloadValue<object>(JwtRegisteredClaimNames.Iat, out _)
            ? jwt.IssuedAt
            : throw new TokenRuleException("does not say when it was issued (iat)");
        if (expires is not { } end) throw new TokenRuleException("has no end (exp)");
        if (end <= now) throw new SecurityTokenExpiredException { Expires = end };
        if (issued > now + Skew) throw new TokenRuleException("was issued in the future (iat)");
        if (notBefore > now + Skew) throw new TokenRuleException($"is not valid before {notBefore:u} (nbf)");
        if (end - issued > options.Value.MaxLifetime)
            throw new TokenRuleException(
                $"lives longer than {IdentityOptions.Section}:MaxLifetimeMinutes "
                    + $"({options.Value.MaxLifetimeMinutes}) allows (exp)");
        return true;
    }

    /// <summary>A <see cref="TypeValidator"/>.</summary>
    public static string CheckType(string? type, SecurityToken token, TokenValidationParameters parameters) =>
        string.IsNullOrEmpty(type) || Types.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? type ?? ""
            : throw new TokenRuleException("is of another type (typ) than JWT or at+jwt");
}
