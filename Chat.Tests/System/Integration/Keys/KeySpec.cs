using System.Net;
using Chat.Server.Audit.Store;
using Chat.Server.Callers;
using Chat.Server.Keys.Store;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Keys;

/// <summary>What back ends may do with keys, on both databases.</summary>
public abstract class KeySpec : OnKeyServer
{
    // CH-182
    [SpecFact]
    public async Task The_application_creates_sends_reads_and_lists_without_taking_part()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var where = await Keys.CreateAsync(key, "ann", "ben");

        var sent = await Keys.PostAsync(key, $"/api/v1/chat/{where}", """{"sender_id":"robot","body":"hello"}""");

        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        await Eventually.HoldsAsync(async () =>
            (await Keys.GetAsync(key, $"/api/v1/chat/{where}/messages")).Bodies == "hello");
        var listed = await Keys.GetAsync(key, "/api/v1/chat?user_id=ann");
        Assert.Equal(where, listed.Json.GetProperty("conversations").EnumerateArray()
            .First(one => one.GetProperty("kind").GetString() != "public").GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await Keys.GetAsync(key, "/api/v1/chat")).Status);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await Keys.PostAsync(key, $"/api/v1/chat/{where}", """{"body":"whose?"}""")).Status);
    }

    // CH-182
    [SpecFact]
    public async Task For_a_user_a_back_end_may_what_the_user_may()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var where = await Keys.CreateAsync(key, "ann", "ben");

        Assert.Equal(HttpStatusCode.Accepted,
            (await Keys.PostAsync(key, $"/api/v1/chat/{where}", """{"body":"from Ann"}""", "ann")).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await Keys.PostAsync(key, $"/api/v1/chat/{where}", """{"body":"no"}""", "eve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await Keys.GetAsync(key, $"/api/v1/chat/{where}/messages", "eve")).Status);
        var other = await Keys.PostAsync(
            key, $"/api/v1/chat/{where}", """{"sender_id":"ben","body":"no"}""", "ann");
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Contains("identity_mismatch", other.Body, StringComparison.Ordinal);
        var me = await Keys.GetAsync(key, "/api/v1/me", Uri.EscapeDataString("Änne"));
        Assert.Equal("Änne", me.Json.GetProperty("user_id").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await Keys.GetAsync(key, "/api/v1/me", "a%07b")).Status);
    }

    // CH-182
    [SpecFact]
    public async Task For_a_deactivated_user_a_back_end_may_nothing_until_the_user_is_taken_back()
    {
        var key = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin);
        var where = await Keys.CreateAsync(key, "ann", "ben");
        const string ann = """{"user_id":"ann","reason":"left"}""";

        Assert.Equal(200, (int)(await Keys.PostAsync(key, "/api/v1/admin/users/deactivate", ann)).Status);

        await Eventually.HoldsAsync(async () => (await Keys.GetAsync(key, "/api/v1/me", "ann")).Status
            == HttpStatusCode.Forbidden);
        (await Keys.PostAsync(key, $"/api/v1/chat/{where}", """{"body":"no"}""", "ann"))
            .IsRefused(403, "the user is deactivated");
        Assert.Equal(202, (int)(await Keys.PostAsync(key, $"/api/v1/chat/{where}", """{"body":"yes"}""", "ben"))
            .Status);
        Assert.Equal(200, (int)(await Keys.PostAsync(key, "/api/v1/admin/users/reactivate", ann)).Status);
        await Eventually.HoldsAsync(async () => (await Keys.GetAsync(key, "/api/v1/me", "ann")).Status
            == HttpStatusCode.OK);
        var entries = (await Keys.GetAsync(key, "/api/v1/admin/audit")).Json.GetProperty("entries").EnumerateArray()
            .Select(one => (one.GetProperty("act").GetString(), one.GetProperty("target").GetString())).ToList();
        Assert.Single(entries, ("user.deactivate", "ann"));
        Assert.Single(entries, ("user.reactivate", "ann"));
    }

    // CH-180
    [SpecFact]
    public async Task A_key_is_taken_from_the_header_of_a_back_end_only()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var fromPage = await Keys.AskAsync(key, HttpMethod.Get, "/api/v1/me?user_id=ann", null, null,
            ("Origin", Keys.Server.Url.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.Forbidden, fromPage.Status);
        foreach (var path in (string[])["/api/v1/me", "/hubs/chat", "/api/v1/chat/ws"])
        {
            using var inAddress = await Keys.Server.Http.GetAsync($"{path}?user_id=ann&access_token={key}");
            Assert.Equal(HttpStatusCode.BadRequest, inAddress.StatusCode);
        }
        foreach (var path in (string[])["/hubs/chat/negotiate?negotiateVersion=1", "/api/v1/chat/ws"])
            Assert.Contains((await Keys.AskAsync(key, HttpMethod.Post, path, "", "ann")).Status,
                new[] { HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed });
        Assert.Equal(HttpStatusCode.OK, (await Keys.GetAsync(key, "/api/v1/me?user_id=ann")).Status);
    }

    // CH-180
    [SpecFact]
    public async Task A_key_that_is_nobodys_or_expired_or_revoked_is_refused_in_so_many_words()
    {
        var right = await Keys.KeyAsync(KeyScopes.Admin);
        foreach (var wrong in (string[])["ck_", "ck_x", right[..^1], right[..^1] + (right[^1] == 'A' ? 'B' : 'A'),
            right.ToUpperInvariant()[..3] + right[3..], "ck_0123456789abcdef_" + right[20..]])
        {
            var refused = await Keys.GetAsync(wrong, "/api/v1/keys");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
            Assert.Contains("token_invalid", refused.Body, StringComparison.Ordinal);
        }
        var expired = await Keys.KeyAsync(KeyScopes.Admin, life: TimeSpan.FromMicroseconds(1));
        await Eventually.HoldsAsync(async () =>
            (await Keys.GetAsync(expired, "/api/v1/keys")).Body.Contains("token_expired", StringComparison.Ordinal));
        var id = right[3..19];
        Assert.Equal(HttpStatusCode.OK,
            (await Keys.AskAsync(right, HttpMethod.Delete, $"/api/v1/keys/{id}")).Status);
        var revoked = await Keys.GetAsync(right, "/api/v1/keys");
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.Status);
        Assert.Contains("token_revoked", revoked.Body, StringComparison.Ordinal);
    }

    // CH-183
    [SpecFact]
    public async Task A_key_makes_keys_with_at_most_its_own_scopes_and_tenant()
    {
        var acme = await Keys.KeyAsync(KeyScopes.Admin | KeyScopes.App, "acme");
        var made = await Keys.PostAsync(acme, "/api/v1/keys", """{"name":"worker","scopes":["app"]}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("acme", made.Json.GetProperty("tenant").GetString());
        var worker = made.Json.GetProperty("key").GetString()!;
        Assert.Equal("acme", TenantOf(await Keys.GetAsync(worker, "/api/v1/me", "ann")));
        foreach (var more in (string[])[
            """{"name":"x","scopes":["operator"],"tenant":"*"}""", """{"name":"x","scopes":["app"],"tenant":"*"}""",
            """{"name":"x","scopes":["app"],"tenant":"default"}"""])
            Assert.Equal(HttpStatusCode.Forbidden, (await Keys.PostAsync(acme, "/api/v1/keys", more)).Status);
        foreach (var wrong in (string[])[
            """{"scopes":["app"]}""", """{"name":"x"}""", """{"name":"x","scopes":["root"]}""",
            """{"name":"x","scopes":["app"],"tenant":"ACME"}""", """{"name":"x","scopes":["app"],"expires_in":0}""",
            """{"name":"x","scopes":["operator"]}""", "[]"])
            Assert.Equal(HttpStatusCode.BadRequest, (await Keys.PostAsync(acme, "/api/v1/keys", wrong)).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await Keys.PostAsync(worker, "/api/v1/keys", """{"name":"x","scopes":["app"]}""")).Status);

        // Of another tenant's keys it sees and revokes none.
        var own = await Keys.KeyAsync(KeyScopes.App);
        Assert.Equal(2, (await Keys.GetAsync(acme, "/api/v1/keys")).Json.GetProperty("count").GetInt32());
        var foreign = await Keys.AskAsync(acme, HttpMethod.Delete, $"/api/v1/keys/{own[3..19]}");
        foreign.IsRefused(404, "key not found");
        Assert.Equal(HttpStatusCode.OK, (await Keys.GetAsync(own, "/api/v1/me", "ann")).Status);
    }

    // CH-181
    [SpecFact]
    public async Task Each_address_asks_for_its_scope()
    {
        var (app, admin) = (await Keys.KeyAsync(KeyScopes.App), await Keys.KeyAsync(KeyScopes.Admin));
        var operators = await Keys.KeyAsync(KeyScopes.Operator, "*");
        async Task<int> AtAsync(HttpClient http, string key, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await http.SendAsync(request);
            return (int)answer.StatusCode;
        }

        using var operatorsHttp = new HttpClient { BaseAddress = Keys.Server.OperatorsUrl };
        foreach (var (path, key, everywhere, there) in ((string, string, int, int)[])[
            ("/api/v1/admin/audit", app, 403, 403), ("/api/v1/admin/audit", admin, 200, 200),
            ("/api/v1/admin/audit", operators, 403, 403), ("/api/v1/admin/tasks/queues", admin, 403, 403),
            ("/api/v1/admin/tasks/queues", operators, 403, 200), ("/metrics", admin, 403, 403),
            ("/metrics", operators, 403, 200), ("/api/v1/me?user_id=ann", admin, 403, 403),
            ("/api/v1/me?user_id=ann", app, 200, 200), ("/api/v1/keys", app, 403, 403),
            ("/api/v1/admin/nothing", admin, 404, 404)])
            Assert.Equal((path, everywhere, there), (path, await AtAsync(Keys.Server.Http, key, path),
                await AtAsync(operatorsHttp, key, path)));
        Assert.Equal(HttpStatusCode.OK, (await Keys.Server.Operators.GetAsync("/api/v1/admin/audit")).StatusCode);
        using var nobody = await Keys.Server.Http.GetAsync("/api/v1/admin/audit");
        Assert.Equal(HttpStatusCode.Forbidden, nobody.StatusCode);
    }

    // CH-181
    [SpecFact]
    public async Task The_operators_page_takes_a_key_for_operators_and_its_session_ends_with_it()
    {
        var operators = await Keys.KeyAsync(KeyScopes.Operator, "*");
        var admin = await Keys.KeyAsync(KeyScopes.Admin);
        using var browser = new HttpClient { BaseAddress = Keys.Server.OperatorsUrl };
        async Task<HttpStatusCode> SignInAsync(string key)
        {
            using var answer = await browser.PostAsync("/operators/session",
                new StringContent($$"""{"key":"{{key}}"}"""));
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(admin));
        Assert.Equal(HttpStatusCode.NoContent, await SignInAsync(operators));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/admin/tasks/queues")).StatusCode);
        var all = await Keys.KeyAsync(KeyScopes.Admin, "*");
        await Keys.AskAsync(all, HttpMethod.Delete, $"/api/v1/keys/{operators[3..19]}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/admin/tasks/queues")).StatusCode);
    }

    // CH-181
    [SpecFact]
    public async Task A_key_for_all_tenants_says_which_one_it_means()
    {
        var (all, acme) = (await Keys.KeyAsync(KeyScopes.App, "*"), await Keys.KeyAsync(KeyScopes.App, "acme"));
        async Task<(int, string?)> MeAsync(string key, string tenant)
        {
            var answer = await Keys.AskAsync(
                key, HttpMethod.Get, "/api/v1/me", null, "ann", ("X-Chat-Tenant", tenant));
            return ((int)answer.Status, (int)answer.Status == 200 ? TenantOf(answer) : null);
        }

        Assert.Equal((200, "acme"), await MeAsync(all, "acme"));
        Assert.Equal((200, "acme"), await MeAsync(acme, "acme"));
        Assert.Equal((403, null), await MeAsync(acme, "default"));
        Assert.Equal((400, null), await MeAsync(all, "No Tenant"));
        Assert.Equal("default", TenantOf(await Keys.GetAsync(all, "/api/v1/me", "ann")));
    }

    [SpecFact]
    public async Task With_the_first_key_the_deployment_requires_servers_that_know_of_keys()
    {
        var store = Keys.Server.Services.GetRequiredService<IDeploymentStore>();
        Assert.True((await store.ReadAsync(default)).Requires < Deployment.LevelOfRights);
        await Keys.KeyAsync(KeyScopes.App);
        Assert.Equal(Deployment.LevelOfRights, (await store.ReadAsync(default)).Requires);
    }

    // CH-188
    [SpecFact]
    public async Task Acts_of_back_ends_are_in_the_audit_of_their_tenant_without_secrets()
    {
        var app = await Keys.KeyAsync(KeyScopes.App, "acme");
        var admin = await Keys.KeyAsync(KeyScopes.Admin, "acme");
        var where = await Keys.CreateAsync(app, "ann", "ben");
        await Keys.PostAsync(app, $"/api/v1/chat/{where}", """{"body":"a private word"}""", "ann");
        var token = await Keys.TokenAsync(app, "ann");
        var wrong = app[..^1] + (app[^1] == 'A' ? 'B' : 'A');
        await Keys.GetAsync(wrong, "/api/v1/me");
        var audit = "";
        await Eventually.HoldsAsync(async () =>
            (audit = (await Keys.GetAsync(admin, "/api/v1/admin/audit")).Body).Contains("sendMessage",
                StringComparison.Ordinal));

        foreach (var expected in (string[])["key.create", "token.create", "createConversation",
            $"key:{app[3..19]} user:ann", "127.0.0.1"])
            Assert.Contains(expected, audit, StringComparison.Ordinal);
        foreach (var secret in (string[])[app[20..], admin[20..], token[20..], wrong[20..], "a private word"])
            Assert.DoesNotContain(secret, audit, StringComparison.Ordinal);
        var all = await Keys.KeyAsync(KeyScopes.Admin, "*");
        await Eventually.HoldsAsync(async () => (await Keys.GetAsync(all, "/api/v1/admin/audit?act=sign_in")).Body
            .Contains($"key:{app[3..19]}", StringComparison.Ordinal));
        Assert.DoesNotContain("acme", (await Keys.GetAsync(await Keys.KeyAsync(KeyScopes.Admin),
            "/api/v1/admin/audit")).Body, StringComparison.Ordinal);

        // Page by page, the newest first, each once.
        var numbers = new List<long>();
        for (long? before = long.MaxValue; before is not null;)
        {
            var page = (await Keys.GetAsync(all, $"/api/v1/admin/audit?limit=2&before={before}")).Json;
            numbers.AddRange(page.GetProperty("entries").EnumerateArray()
                .Select(entry => entry.GetProperty("number").GetInt64()));
            before = page.GetProperty("before") is { ValueKind: System.Text.Json.JsonValueKind.Number } next
                ? next.GetInt64()
                : null;
        }
        Assert.Equal(numbers.Distinct().OrderDescending(), numbers);
        Assert.True(numbers.Count > 5);
    }

    // CH-188
    [SpecFact]
    public async Task Old_entries_of_the_audit_and_tokens_that_expired_are_deleted()
    {
        var key = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin);
        var token = await Keys.TokenAsync(key, "ann", ""","ttl":60""");
        var services = Keys.Server.Services;
        var audit = services.GetRequiredService<AuditStore>();
        var tokens = services.GetRequiredService<CredentialStore>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();

        await audit.DeleteAsync(now.AddMinutes(-1), default);
        await tokens.DeleteTokensAsync(now.AddSeconds(30), default);
        Assert.Contains("token.create", (await Keys.GetAsync(key, "/api/v1/admin/audit")).Body,
            StringComparison.Ordinal);
        Assert.NotNull(await tokens.FindAsync<UserTokenRow>(token[3..19], default));

        await audit.DeleteAsync(now.AddMinutes(1), default);
        await tokens.DeleteTokensAsync(now.AddHours(1), default);
        Assert.Equal(0, (await Keys.GetAsync(key, "/api/v1/admin/audit")).Json.GetProperty("count").GetInt32());
        Assert.Null(await tokens.FindAsync<UserTokenRow>(token[3..19], default));
    }

    private static string? TenantOf(RestAnswer answer) => answer.Json.GetProperty("tenant").GetString();
}

public sealed class SqliteKeyTests : KeySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresKeyTests : KeySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
