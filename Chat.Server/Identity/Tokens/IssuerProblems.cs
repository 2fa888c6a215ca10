using Chat.Server.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>What is wrong with a scheme that the framework would take: without an issuer or audience it checks
/// none.</summary>
internal static class IssuerProblems
{
    private const int MinKeyBits = 32 * 8;

    public static IEnumerable<string> Find(Issuer issuer)
    {
        var scheme = $"{SettingName.Schemes}:{issuer.Scheme}";
        if (!issuer.Names.Any()) yield return $"{scheme}:ValidIssuer must be set: the iss of the tokens";
        if (!issuer.Audiences.Any()) yield return $"{scheme}:ValidAudience must be set: the aud of the tokens";
        var keys = issuer.Options.TokenValidationParameters.IssuerSigningKeys.ToList();
        if (keys.Count == 0 && !issuer.HasDiscovery)
            yield return $"{scheme} has no keys: set Authority or MetadataAddress, or SigningKeys whose Issuer is the "
                + "ValidIssuer";
        if (keys.Count > 0 && issuer.HasDiscovery)
            yield return $"{scheme} has SigningKeys, and keys that are fetched: give each a scheme of its own";
        if (keys.OfType<SymmetricSecurityKey>().Any(key => key.KeySize < MinKeyBits))
            yield return $"{scheme}:SigningKeys has a key of less than 32 bytes";
    }
}
