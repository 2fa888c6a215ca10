using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Chat.Tests.Fixtures;

/// <summary>Makes tokens by hand, right ones and forged ones: no library stands between a test and the bytes.</summary>
internal sealed class TestTokens
{
    public const string Issuer = "dotnet-user-jwts", Audience = "http://localhost:8080";

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The settings that <c>dotnet user-jwts</c> writes, for one scheme.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("Authentication:Schemes:Bearer:ValidIssuer", Issuer),
        ("Authentication:Schemes:Bearer:ValidAudiences:0", Audience),
        ("Authentication:Schemes:Bearer:SigningKeys:0:Id", "c8a5d2f1"),
        ("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", Issuer),
        ("Authentication:Schemes:Bearer:SigningKeys:0:Value", Convert.ToBase64String(Secret)),
        ("Authentication:Schemes:Bearer:SigningKeys:0:Length", "32"),
    ];

    /// <summary>A token of the form that <c>dotnet user-jwts create</c> prints, with other claims if wanted.</summary>
    public string Of(string user, TimeSpan? life = null, Action<JsonObject>? change = null) =>
        Sign(Claims(user, life, change));

    /// <summary>The claims of such a token.</summary>
    public static JsonObject Claims(string user, TimeSpan? life = null, Action<JsonObject>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["unique_name"] = user, ["sub"] = user, ["jti"] = "3c2f6bd1", ["aud"] = new JsonArray(Audience),
            ["nbf"] = now, ["exp"] = now + (long)(life ?? TimeSpan.FromHours(1)).TotalSeconds, ["iat"] = now,
            ["iss"] = Issuer,
        };
        change?.Invoke(claims);
        return claims;
    }

    public string Sign(JsonObject claims, JsonObject? header = null) => Sign(claims.ToJsonString(), header);

    public string Sign(string claims, JsonObject? header = null)
    {
        header ??= new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" };
        return Sign(header.ToJsonString(), claims, text => HMACSHA256.HashData(Secret, text));
    }

    /// <summary>Any header, any payload, any signature.</summary>
    public static string Sign(string header, string payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64Url(Encoding.UTF8.GetBytes(header))}.{Base64Url(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>A public key as an issuer publishes it.</summary>
    public static JsonObject ToJwk(RSA key, string kid)
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = kid, ["n"] = Base64Url(parts.Modulus!),
            ["e"] = Base64Url(parts.Exponent!),
        };
    }

    public static JsonObject ToJwk(ECDsa key, string kid)
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "EC", ["use"] = "sig", ["crv"] = "P-256", ["kid"] = kid, ["x"] = Base64Url(parts.Q.X!),
            ["y"] = Base64Url(parts.Q.Y!),
        };
    }
}
