using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Identity;

/// <summary>Tokens that must not be taken, on every transport.</summary>
// CH-164
public sealed class TokenAttackTests
{
    /// <summary>Everything that a token opens.</summary>
    private static readonly (HttpMethod Method, string Path, bool IsSocket)[] Doors =
    [
        (HttpMethod.Post, "/hubs/chat/negotiate?negotiateVersion=1", false), (HttpMethod.Get, "/hubs/chat", true),
        (HttpMethod.Post, "/hubs/chat?id=x", false), (HttpMethod.Get, "/api/v1/chat/ws", true),
        (HttpMethod.Get, "/api/v1/me", false), (HttpMethod.Get, "/api/v1/chat", false),
        (HttpMethod.Post, "/api/v1/chat", false), (HttpMethod.Get, "/api/v1/users?id=ann", false),
        (HttpMethod.Get, "/api/messages?after_id=0", false), (HttpMethod.Post, "/api/join", false),
        (HttpMethod.Get, "/api/v1/tasks/3f2504e0-4f89-11d3-9a0c-0305e82c3301", false),
        (HttpMethod.Get, "/api/none", false),
    ];

    [Fact]
    public async Task Forged_and_foreign_tokens_are_refused_at_every_door()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var (asked, began) = (server.Site.Asked, TimeProvider.System.GetTimestamp());
        foreach (var (name, token) in Attacks(server))
            foreach (var (method, path, isSocket) in Doors)
            {
                await IsRefusedAsync(name, await AskAsync(server, method, path, token), path);
                if (isSocket && token.Length < 8_000)
                    await IsRefusedAsync(name,
                        await AskAsync(server, method, $"{path}?access_token={Uri.EscapeDataString(token)}", null),
                        path);
            }
        // A key that is not known may be new: the issuer is asked once more, for two files, at most once a minute.
        // Nobody else makes the server fetch anything.
        var minutes = (int)TimeProvider.System.GetElapsedTime(began).TotalMinutes;
        Assert.InRange(server.Site.Asked - asked, 0, 2 * (minutes + 1));
        Assert.Equal("", server.Server.TakeErrors());
    }

    [Fact]
    public async Task Without_a_token_nothing_is_served_and_no_error_is_named()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        foreach (var (method, path, _) in Doors)
        {
            using var answer = await AskAsync(server, method, path, null);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            Assert.StartsWith("{\"error\":\"unauthenticated: ", await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await server.Server.Http.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Server.Http.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_token_in_an_address_is_for_sockets_only_and_there_is_one()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var (mine, other) = (server.Tokens.Of("ann"), server.Tokens.Of("ben"));
        foreach (var (path, header) in ((string, string?)[])[
            ($"/api/v1/me?access_token={mine}", null), ($"/api/v1/me?access_token={mine}", mine),
            ($"/hubs/other?access_token={mine}", mine), ($"/api/v1/chat?access%5Ftoken={mine}", mine),
            ($"/api/v1/chat/ws?access_token={mine}&access_token={mine}", null),
            ($"/api/v1/chat/ws?access_token={mine}&ACCESS_TOKEN={other}", null),
            ($"/api/v1/chat/ws?access_token={other}", mine), ($"/hubs/chat?access_token={other}", mine)])
        {
            using var answer = await AskAsync(server, HttpMethod.Get, path, header);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
        }
        using var twice = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        twice.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {mine}", $"Bearer {other}"]);
        Assert.NotEqual(HttpStatusCode.OK, (await server.Server.Http.SendAsync(twice)).StatusCode);
    }

    [Fact]
    public async Task A_token_of_a_megabyte_is_refused_before_it_is_read()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var parts = server.Tokens.Of("ann").Split('.');
        var large = $"{parts[0]}.{parts[1]}{new string('A', 1024 * 1024)}.{parts[2]}";
        foreach (var (path, header) in ((string, string?)[])[
            ("/api/v1/me", large), ("/api/v1/chat/ws", large), ($"/api/v1/chat/ws?access_token={large}", null)])
            Assert.Contains(await StatusAsync(server, path, header), new[] { "414", "431" });
        using var ann = server.ClientOf(server.Tokens.Of("ann"));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal("", server.Server.TakeErrors());
    }

    [Fact]
    public async Task Of_two_keys_with_one_name_both_are_tried_and_no_other_opens_anything()
    {
        await using var server = await TokenServer.StartAsync(
            DatabaseKind.Sqlite, await IssuerSite.StartAsync(sharesKid: true));
        var site = server.Site;
        foreach (var token in new[]
        {
            site.SignRs256(IssuerSite.Claims("ann")), site.SignEs256(IssuerSite.Claims("ann"), IssuerSite.RsaKid),
        })
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, HttpMethod.Get, "/api/v1/me", token)).StatusCode);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = IssuerSite.RsaKid }.ToJsonString();
        await IsRefusedAsync("another key of that name", await AskAsync(server, HttpMethod.Get, "/api/v1/me",
            TestTokens.Sign(header, IssuerSite.Claims("ann").ToJsonString(),
                text => own.SignData(text, HashAlgorithmName.SHA256))), "/api/v1/me");
    }

    [Fact]
    public async Task An_audience_among_others_and_tokens_without_a_type_are_taken()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        foreach (var token in (string[])[
            server.Tokens.Of("ann", change: claims => claims["aud"] = new JsonArray("a", TestTokens.Audience)),
            server.Tokens.Of("ann", change: claims => claims["aud"] = TestTokens.Audience),
            server.Tokens.Sign(TestTokens.Claims("ann"), new JsonObject { ["alg"] = "HS256" })])
            Assert.Equal(HttpStatusCode.OK,
                (await AskAsync(server, HttpMethod.Get, "/api/v1/me", token)).StatusCode);
    }

    private static IEnumerable<(string Name, string Token)> Attacks(TokenServer server)
    {
        var (tokens, site) = (server.Tokens, server.Site);
        var good = tokens.Of("ann");
        var parts = good.Split('.');
        yield return ("no token", "x");
        yield return ("two parts", $"{parts[0]}.{parts[1]}");
        yield return ("no signature", $"{parts[0]}.{parts[1]}.");
        yield return ("a signature cut short", good[..^4]);
        yield return ("another payload", $"{parts[0]}.{tokens.Of("ben").Split('.')[1]}.{parts[2]}");
        yield return ("five parts", $"{good}.a.b");
        yield return ("padding", $"{parts[0]}.{parts[1]}.{parts[2]}=");
        yield return ("plain base64", $"{parts[0]}.{parts[1]}.+/{parts[2][2..]}");
        foreach (var (at, what) in ((string[])["header", "payload", "signature"]).Index())
            if (OtherSpelling(parts[at]) is { } other)
                yield return ($"another spelling of the {what}",
                    string.Join('.', parts.Select((part, i) => i == at ? other : part)));
        foreach (var white in (string[])[" ", "\t", "%20"])
            yield return ($"U+{(int)white[0]:x4} in it", $"{parts[0]}.{white}{parts[1]}.{parts[2]}");
        yield return ("a payload that is no JSON", tokens.Sign("not json"));
        yield return ("a payload that is no object", tokens.Sign("[]"));
        foreach (var alg in (string[])["none", "None", "NONE", "nOnE", "", "HS1", "HS256 ", "hs256"])
        {
            var header = new JsonObject { ["alg"] = alg, ["typ"] = "JWT" }.ToJsonString();
            yield return ($"alg {alg}, unsigned",
                TestTokens.Sign(header, TestTokens.Claims("ann").ToJsonString(), _ => []));
            yield return ($"alg {alg}, signed", tokens.Sign(TestTokens.Claims("ann"),
                new JsonObject { ["alg"] = alg, ["typ"] = "JWT" }));
        }
        // The public key as a secret.
        foreach (var secret in (byte[][])[site.Rsa.ExportSubjectPublicKeyInfo(), site.Rsa.ExportRSAPublicKey(),
            Encoding.ASCII.GetBytes(site.Rsa.ExportSubjectPublicKeyInfoPem())])
            yield return ("HS256 with the public key", TestTokens.Sign(
                new JsonObject { ["alg"] = "HS256", ["kid"] = IssuerSite.RsaKid }.ToJsonString(),
                IssuerSite.Claims("ann").ToJsonString(), text => HMACSHA256.HashData(secret, text)));
        yield return ("RS256 of the issuer with a secret", TestTokens.Sign(
            new JsonObject { ["alg"] = "RS256", ["kid"] = IssuerSite.RsaKid }.ToJsonString(),
            TestTokens.Claims("ann").ToJsonString(),
            text => site.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        using var own = RSA.Create(2_048);
        foreach (var (name, header) in Headers(own))
            yield return (name, TestTokens.Sign(header.ToJsonString(), IssuerSite.Claims("ann").ToJsonString(),
                text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        foreach (var header in (string[])[
            $$"""{"alg":"RS256","kid":"mine","kid":"{{IssuerSite.RsaKid}}"}""",
            $$"""{"alg":"RS256","kid":"{{IssuerSite.RsaKid}}","kid":"mine"}""",
            $$"""{"alg":"RS256","alg":"HS256","kid":"{{IssuerSite.RsaKid}}"}"""])
            yield return ("a header that says it twice", TestTokens.Sign(header,
                IssuerSite.Claims("ann").ToJsonString(),
                text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        foreach (var header in (string[])["""{"alg":"none","alg":"HS256"}""", """{"alg":"HS256","alg":"none"}"""])
            yield return ("alg none and another", TestTokens.Sign(header, TestTokens.Claims("ann").ToJsonString(),
                _ => []));
        yield return ("the other key's kid", site.SignRs256(IssuerSite.Claims("ann"), IssuerSite.EcKid));
        foreach (var (name, change) in ClaimChanges())
        {
            yield return (name, tokens.Of("ann", change: change));
            if (!name.Contains("iss", StringComparison.Ordinal) && !name.Contains("aud", StringComparison.Ordinal))
                yield return (name + ", of a key pair", site.SignRs256(IssuerSite.Claims("ann", change)));
        }
        yield return ("sub twice", tokens.Sign(TestTokens.Claims("ann").ToJsonString().Insert(1, "\"sub\":\"ben\",")));
        yield return ("iss twice", tokens.Sign(
            TestTokens.Claims("ann").ToJsonString().Insert(1, $"\"iss\":\"{IssuerSite.Name}\",")));
        foreach (var typ in (string[])["logout+jwt", "secevent+jwt", "dpop+jwt", "JWE"])
            yield return ($"typ {typ}", tokens.Sign(TestTokens.Claims("ann"),
                new JsonObject { ["alg"] = "HS256", ["typ"] = typ }));
        yield return ("crit", tokens.Sign(TestTokens.Claims("ann"), new JsonObject
        {
            ["alg"] = "HS256", ["crit"] = new JsonArray("exp"), ["exp"] = 1,
        }));
        yield return ("20 KiB", tokens.Of("ann", change: claims => claims["pad"] = new string('x', 15_000)));
    }

    private static IEnumerable<(string Name, JsonObject Header)> Headers(RSA own)
    {
        var jwk = TestTokens.ToJwk(own, "mine");
        yield return ("an unknown kid", Header("mine"));
        yield return ("a known kid with another key", Header(IssuerSite.RsaKid));
        yield return ("no kid", Header(null));
        yield return ("its own jwk", Header("mine", ("jwk", jwk)));
        yield return ("jku", Header("mine", ("jku", "http://127.0.0.1:9/keys")));
        yield return ("x5u", Header("mine", ("x5u", "http://127.0.0.1:9/cert")));
        yield return ("x5c", Header("mine", ("x5c", new JsonArray(
            Convert.ToBase64String(own.ExportSubjectPublicKeyInfo())))));
        yield return ("kid with SQL", Header("' or 1=1 --"));
        yield return ("kid with a path", Header("../../../../dev/null"));
    }

    private static JsonObject Header(string? kid, params (string Name, JsonNode Value)[] more)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (kid is not null) header["kid"] = kid;
        foreach (var (name, value) in more) header[name] = value;
        return header;
    }

    private static IEnumerable<(string Name, Action<JsonObject> Change)> ClaimChanges()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        yield return ("no exp", claims => claims.Remove("exp"));
        yield return ("no iat", claims => claims.Remove("iat"));
        yield return ("no sub", claims => claims.Remove("sub"));
        yield return ("no aud", claims => claims.Remove("aud"));
        yield return ("no iss", claims => claims.Remove("iss"));
        yield return ("expired a second ago", claims => claims["exp"] = now - 1);
        yield return ("expired long ago", claims => (claims["iat"], claims["exp"]) = (now - 7_200, now - 3_600));
        yield return ("a far exp", claims => claims["exp"] = now + 10L * 365 * 86_400);
        yield return ("an absurd exp", claims => claims["exp"] = 1e300);
        yield return ("exp as text", claims => claims["exp"] = "never");
        yield return ("a negative exp", claims => claims["exp"] = -1);
        yield return ("nbf in the future", claims => claims["nbf"] = now + 600);
        yield return ("iat in the future", claims => claims["iat"] = now + 600);
        yield return ("another aud", claims => claims["aud"] = "somebody-else");
        yield return ("an aud array without us", claims => claims["aud"] = new JsonArray("a", "b"));
        yield return ("an aud that begins like ours", claims => claims["aud"] = TestTokens.Audience + "/x");
        yield return ("another iss", claims => claims["iss"] = "https://evil.test/");
        yield return ("iss in other letters", claims => claims["iss"] = TestTokens.Issuer.ToUpperInvariant());
        yield return ("iss with a slash", claims => claims["iss"] = TestTokens.Issuer + "/");
        yield return ("an empty sub", claims => claims["sub"] = "");
        yield return ("a number as sub", claims => claims["sub"] = 42);
        yield return ("an array as sub", claims => claims["sub"] = new JsonArray("ann", "ben"));
        yield return ("a sub with outer spaces", claims => claims["sub"] = " ann");
        yield return ("an invisible sub", claims => claims["sub"] = "ann\u200b");
        yield return ("a sub that changes the direction", claims => claims["sub"] = "ann\u202e");
        yield return ("a sub not in NFC", claims => claims["sub"] = "A\u030angstrom");
        yield return ("a long sub", claims => claims["sub"] = new string('a', 256));
        yield return ("an ID token", claims => claims["nonce"] = "n-0S6_WzA2Mj");
        yield return ("an ID token of a code", claims => claims["at_hash"] = "MTIzNDU2Nzg5MDEyMzQ1Ng");
        yield return ("a logout token", claims => claims["events"] = new JsonObject
        {
            ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject(),
        });
    }

    /// <summary>The same bytes in base64url, but for bits that no byte takes; null where there are none.</summary>
    private static string? OtherSpelling(string part)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return part.Length % 4 == 0 ? null : part[..^1] + Digits[Digits.IndexOf(part[^1]) ^ 1];
    }

    /// <summary>The status of what the server will not read to its end, which cuts it off.</summary>
    private static async Task<string> StatusAsync(TokenServer server, string path, string? token)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Server.Url.Host, server.Server.Url.Port);
        await using var stream = client.GetStream();
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        var request = $"GET {path} HTTP/1.1\r\nHost: {server.Server.Url.Authority}\r\n{authorization}\r\n";
        var sending = stream.WriteAsync(Encoding.ASCII.GetBytes(request)).AsTask();
        var line = new byte[12];
        await stream.ReadExactlyAsync(line).AsTask().WaitAsync(Bounds.Wait);
        _ = sending.ContinueWith(static sent => sent.Exception, TaskScheduler.Default); // it is cut off
        return Encoding.ASCII.GetString(line)[9..];
    }

    private static async Task<HttpResponseMessage> AskAsync(
        TokenServer server, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (method == HttpMethod.Post) request.Content = new StringContent("{}");
        return await server.Server.Http.SendAsync(request);
    }

    private static async Task IsRefusedAsync(string name, HttpResponseMessage answer, string path)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(
                answer.StatusCode == HttpStatusCode.Unauthorized, $"{name} at {path}: {answer.StatusCode} {body}");
            Assert.StartsWith("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(),
                StringComparison.Ordinal);
        }
    }
}
