using System.Text.RegularExpressions;
using Chat.Server.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;

namespace Chat.Server.Identity.Tokens;

/// <summary>Finds out whose a token is, or why it is refused. Of JSON Web Tokens: the issuer by its name, then the
/// framework's handler for that issuer, then the claims.</summary>
internal sealed partial class TokenReader(
    IServiceScopeFactory scopes, Issuers issuers, IssuerKeys keys, TokenClaims claims, OpaqueTokens opaque)
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public async ValueTask<TokenReading> ReadAsync(string text)
    {
        if (Credential.IsToken(text)) return await opaque.ReadAsync(text);
        if (text.Length > TokenRules.MaxBytes) return TokenReading.Invalid("is longer than 16 KiB");
        // Base64 has more than one spelling of the same bytes; only one is accepted.
        if (!Form().IsMatch(text) || !HasOneSpelling(text))
            return TokenReading.Invalid("is no signed JSON Web Token: three parts of base64url");
        if (Parse(text) is not { } token) return TokenReading.Invalid("is no JSON Web Token: its parts are no JSON");
        if (issuers.Find(token.Issuer) is not { } issuer)
            return TokenReading.Invalid(
                $"is from an issuer that is not known here, \"{token.Issuer}\" (iss); "
                    + (issuers.All.Count == 0
                        ? "no issuer is configured"
                        : $"known are {string.Join(", ", issuers.All.SelectMany(one => one.Names))}"));
        if (!issuer.Algorithms.Contains(token.Alg, StringComparer.Ordinal))
            return TokenReading.Invalid(
                $"is signed with {token.Alg} (alg); of {issuer.Scheme} are taken "
                    + string.Join(", ", issuer.Algorithms));
        if (token.TryGetHeaderValue<object>("crit", out _))
            return TokenReading.Invalid("demands extensions that are not known here (crit)");
        if (!keys.AreKnownOf(issuer))
            return TokenReading.Unavailable($"cannot be checked: the keys of {issuer.Scheme} are not to be had now");
        return await AuthenticateAsync(issuer, text) is { } failure
            ? TokenFailure.Explain(failure, token, issuer)
            : claims.Read(token, issuer);
    }

    /// <summary>Whether the bits that are left over at the end of each part are zero.</summary>
    private static bool HasOneSpelling(string text)
    {
        foreach (var part in text.AsSpan().Split('.'))
        {
            var digits = text.AsSpan()[part];
            var unused = (digits.Length % 4) switch { 0 => 0, 2 => 0b1111, 3 => 0b11, _ => -1 };
            if (unused < 0 || (unused > 0 && (Digits.IndexOf(digits[^1]) & unused) != 0)) return false;
        }
        return true;
    }

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The framework is shown a request that has nothing but the token, in a scope that ends here: so nothing
    /// of a ticket, a principal or a scope stays with the real one, which may be a socket for days.</summary>
    private async Task<Exception?> AuthenticateAsync(Issuer issuer, string text)
    {
        await using var scope = scopes.CreateAsyncScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        request.Request.Headers[HeaderNames.Authorization] = $"Bearer {text}";
        var result = await request.AuthenticateAsync(issuer.Scheme);
        return result.Succeeded ? null : result.Failure ?? new TokenRuleException("was not looked at");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\z")]
    private static partial Regex Form();
}
