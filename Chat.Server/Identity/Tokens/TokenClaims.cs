using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>Reads the caller from a token whose signature holds.</summary>
internal sealed class TokenClaims(IOptions<IdentityOptions> options)
{
    /// <summary>What only tokens for a client have, or messages about a session: an access token has none of
    /// them.</summary>
    private static readonly string[] OfOtherTokens = ["nonce", "at_hash", "c_hash", "s_hash", "events"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public TokenReading Read(JsonWebToken token, Issuer issuer)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
            return Read(json.RootElement, token, issuer.Tenant);
        }
        catch (JsonException)
        {
            return TokenReading.Invalid("has a claim twice");
        }
    }

    private TokenReading Read(JsonElement claims, JsonWebToken token, IssuerTenant tenants)
    {
        if (OfOtherTokens.FirstOrDefault(name => claims.TryGetProperty(name, out _)) is { } other)
            return TokenReading.Invalid($"is no access token: it has the claim {other}");
        var (user, name) = (options.Value.UserClaim, options.Value.NameClaim);
        var ofTenant = options.Value.TenantClaim is { Length: > 0 } claim ? claim : null;
        if (TextOf(claims, user) is not { Length: > 0 } id) return TokenReading.Invalid($"names no user ({user})");
        if (ProvenId.FindProblem(id, out var read) is { } problem)
            return TokenReading.Invalid($"names a user ({user}) that {problem}");
        var said = ofTenant is null ? null : SaidIn(claims, ofTenant);
        if (tenants.FindProblem(said, ofTenant, out var tenant) is { } wrong)
            return TokenReading.Invalid(wrong);
        return TokenReading.Of(new Caller(new UserKey(tenant, read))
        {
            Name = UserRules.CheckName(TextOf(claims, name), out var kept) is null ? kept : null,
            Roles = RolesOf(claims),
            Session = TextOf(claims, JwtRegisteredClaimNames.Sid),
            IssuedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(token.ValidTo, TimeSpan.Zero),
        });
    }

    /// <summary>What it says of the tenant, which must be a text: null only where it says nothing.</summary>
    private static string? SaidIn(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out _) ? TextOf(claims, name) ?? "" : null;

    /// <summary>Roles of the application that are none here are passed over; its tokens may have more.</summary>
    private CallerRoles RolesOf(JsonElement claims)
    {
        var roles = CallerRoles.User;
        if (!claims.TryGetProperty(options.Value.RolesClaim, out var said)) return roles;
        foreach (var one in said.ValueKind == JsonValueKind.Array ? said.EnumerateArray().ToArray() : [said])
            if (one.ValueKind == JsonValueKind.String && CallerRoleNames.Find(one.GetString()) is { } role)
                roles |= role;
        return roles;
    }

    private static string? TextOf(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
