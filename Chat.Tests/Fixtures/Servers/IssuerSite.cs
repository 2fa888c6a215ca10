using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>An issuer of tokens with key pairs, which publishes them as OpenID Connect Discovery says.</summary>
internal sealed class IssuerSite : IAsyncDisposable
{
    public const string Name = "https://issuer.test/", Audience = "chat", RsaKid = "rsa-1", EcKid = "ec-1";

    private readonly WebApplication _site;
    private int _asked;

    private IssuerSite(WebApplication site) => _site = site;

    public RSA Rsa { get; } = RSA.Create(2_048);

    public ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Whether it answers.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>True: it publishes both keys under the name of the first.</summary>
    public bool SharesKid { get; private init; }

    /// <summary>How often it was asked for anything.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public (string Name, string Value)[] Settings =>
    [
        ("Authentication:Schemes:Pairs:MetadataAddress", $"{_site.Urls.Single()}/.well-known/openid-configuration"),
        ("Authentication:Schemes:Pairs:RequireHttpsMetadata", "false"),
        ("Authentication:Schemes:Pairs:ValidIssuer", Name),
        ("Authentication:Schemes:Pairs:ValidAudience", Audience),
    ];

    public static async Task<IssuerSite> StartAsync(bool sharesKid = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = new IssuerSite(builder.Build()) { SharesKid = sharesKid };
        site._site.Run(site.AnswerAsync);
        await site._site.StartAsync();
        return site;
    }

    public string SignRs256(JsonObject claims, string kid = RsaKid) => Sign("RS256", claims, kid,
        text => Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string SignEs256(JsonObject claims, string kid = EcKid) =>
        Sign("ES256", claims, kid, text => Ec.SignData(text, HashAlgorithmName.SHA256));

    public static JsonObject Claims(string user, Action<JsonObject>? change = null) => TestTokens.Claims(user, null,
        claims =>
        {
            (claims["iss"], claims["aud"]) = (Name, Audience);
            change?.Invoke(claims);
        });

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Rsa.Dispose();
        Ec.Dispose();
    }

    private static string Sign(string alg, JsonObject claims, string kid, Func<byte[], byte[]> sign) =>
        TestTokens.Sign(new JsonObject { ["alg"] = alg, ["typ"] = "at+jwt", ["kid"] = kid }.ToJsonString(),
            claims.ToJsonString(), sign);

    private Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _asked);
        http.Response.ContentType = "application/json";
        if (!IsUp) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync(http.Request.Path == "/keys"
            ? new JsonObject
            {
                ["keys"] = new JsonArray(TestTokens.ToJwk(Rsa, RsaKid),
                    TestTokens.ToJwk(Ec, SharesKid ? RsaKid : EcKid)),
            }.ToJsonString()
            : new JsonObject { ["issuer"] = Name, ["jwks_uri"] = $"{_site.Urls.Single()}/keys" }.ToJsonString());
    }
}
