using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Keys;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Keys;

/// <summary>What users write, and what they prove who they are with, is in no log, trace, metric or refusal, whatever
/// the level of logging.</summary>
public abstract class PrivacySpec
{
    private const string Words = "a-private-word";

    internal abstract DatabaseKind Kind { get; }

    // CH-188
    [SpecFact]
    public async Task No_secret_and_no_text_leaves_by_logs_traces_metrics_or_refusals()
    {
        await using var database = await TestDatabase.CreateAsync(Kind);
        var (seen, tokens) = (new ConcurrentQueue<string>(), new TestTokens());
        using var traces = Listen(seen);
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            services => services.PostConfigure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace),
            [.. tokens.Settings, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Trace")]);
        var by = new AuditEntry(null, "operator:test", "", "");
        var (key, _) = await server.Services.GetRequiredService<KeyMaker>().MakeAsync(
            new NewKey("backend", Tenant.Default, KeyScopes.App | KeyScopes.Admin, null), by, default);
        var (token, _) = await server.Services.GetRequiredService<TokenMaker>().MakeAsync(new NewToken(
            new UserKey(Tenant.Default, UserId.Parse("ann")), null, CallerRoles.User, TimeSpan.FromHours(1)), by,
            default);
        var (jwt, forged, expired) = (tokens.Of("ann"), new TestTokens().Of("ann"),
            tokens.Of("ann", TimeSpan.FromSeconds(-5)));
        var (wrongKey, wrongToken) = (Credential.Make(Credential.Key).Text, Credential.Make(Credential.Token).Text);
        string[] secrets = [key, token, jwt, forged, expired, wrongKey, wrongToken];

        foreach (var secret in secrets)
            foreach (var path in (string[])["/api/v1/me?user_id=ann", "/api/v1/chat/x/messages", "/api/v1/admin/audit",
                $"/api/v1/me?access_token={secret}", $"/hubs/chat?user_id=ann&access_token={secret}",
                $"/api/v1/chat/ws?access_token={secret}"])
                seen.Enqueue(await AskAsync(server, secret, path));
        foreach (var secret in (string[])[token, jwt])
        {
            await using var raw = await RawClient.OpenAsync(server.Url, $"features=seq&access_token={secret}");
            await raw.UntilAsync("connected");
            await raw.JoinAsync(ConversationId.Lobby);
            await raw.MessageAsync(ConversationId.Lobby, Words);
            await raw.UntilAsync("message");
            await raw.SendAsync($$"""{"type":"{{Words}}","conversation_id":"{{Words}}"}""");
            await raw.UntilErrorAsync();
            await using var hub = await HubTextClient.ConnectAsync(server.Url, "ann", secret);
            await hub.InvokeAsync("Send", $"\"{ConversationId.Lobby}\",\"{Words}\"");
            await hub.InvokeAsync("Send", $"\"{ConversationId.Lobby}\",\"{Words}\",{{\"attachmentUrl\":\"nothing\"}}");
        }
        await AskAsync(server, key, $"/api/v1/chat/{ConversationId.Lobby}",
            $$"""{"sender_id":"ann","body":"{{Words}}"}""");
        seen.Enqueue(await AskAsync(server, key, "/api/v1/tokens", $$"""{"user_id":"ann","ttl":0}"""));
        seen.Enqueue(await server.Operators.GetStringAsync("/metrics"));
        foreach (var log in server.Logs.All) seen.Enqueue($"{log.Text} {log.Exception}");

        var text = string.Join('\n', seen);
        Assert.Contains("Executing endpoint", text, StringComparison.Ordinal); // all of it was written down
        Assert.Contains("chat_auth_total", text, StringComparison.Ordinal);
        foreach (var secret in secrets.Select(secret => secret[^43..]).Append(TestServer.OperatorsKey).Append(Words))
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    private static ActivityListener Listen(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "System.Net.Http", // the tests' own calls
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} "
                    + string.Join(' ', activity.Events.Select(one => $"{one.Name} {string.Join(' ', one.Tags)}"))),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<string> AskAsync(TestServer server, string secret, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var answer = await server.Http.SendAsync(request);
        return $"{answer.Headers} {await answer.Content.ReadAsStringAsync()}";
    }
}

public sealed class SqlitePrivacyTests : PrivacySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresPrivacyTests : PrivacySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
