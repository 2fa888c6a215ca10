using System.Net;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Keys;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Keys;

/// <summary>CH-185: who tries keys and tokens is slowed, and nobody else is.</summary>
public sealed class AttemptTests
{
    private const string Office = "203.0.113.7", Home = "203.0.113.8";

    [Fact]
    public async Task Ten_wrong_ones_at_once_and_one_a_second_are_looked_at_and_a_right_one_always()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var tokens = new TestTokens();
        await using var standing = await StandingServer.StartAsync(database.Settings,
            [.. tokens.Settings, ("Chat:Limits:Factor", "1"), ("Chat:Server:TrustedProxies", "127.0.0.1")]);
        var services = standing.Server.Services;
        var by = new AuditEntry(null, "operator:test", "", "");
        var (key, _) = await services.GetRequiredService<KeyMaker>().MakeAsync(
            new NewKey("backend", Tenant.Default, KeyScopes.App, null), by, default);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var expired = tokens.Of("ann", change: claims =>
            (claims["iat"], claims["nbf"], claims["exp"]) = (now - 60, now - 60, now - 5));
        var forged = new TestTokens().Of("ann");
        string[] wrong = [Credential.Make(Credential.Key).Text, Credential.Make(Credential.Token).Text, forged];

        for (var i = 0; i < 10; i++)
            Assert.Equal((401, null), await AskAsync(standing.Server, wrong[i % 3], Office));
        for (var i = 0; i < 6; i++)
            Assert.Equal((429, "1"), await AskAsync(standing.Server, wrong[i % 3], Office));

        Assert.Equal((200, null), await AskAsync(standing.Server, key, Office));
        Assert.Equal((401, null), await AskAsync(standing.Server, expired, Office));
        Assert.Equal((401, null), await AskAsync(standing.Server, wrong[0], Home));
        standing.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((401, null), await AskAsync(standing.Server, wrong[0], Office));
        Assert.Equal((429, "1"), await AskAsync(standing.Server, wrong[0], Office));
        var metrics = await standing.Server.Operators.GetStringAsync("/metrics");
        Assert.Contains("chat_rate_limited_total{limit=\"attempts\"} 7", metrics, StringComparison.Ordinal);
        var answered = metrics.Split('\n').Where(
            line => line.StartsWith("chat_auth_total{", StringComparison.Ordinal)).Select(line => line[16..]).Order();
        Assert.Equal(
            ["outcome=\"ok\"} 1", "outcome=\"rate_limited\"} 7", "outcome=\"token_expired\"} 1",
                "outcome=\"token_invalid\"} 12"], answered);
    }

    private static async Task<(int Status, string? RetryAfter)> AskAsync(TestServer server, string secret, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/chat?user_id=ann");
        request.Headers.Authorization = new("Bearer", secret);
        request.Headers.Add("X-Forwarded-For", from);
        using var answer = await server.Http.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString());
    }
}
