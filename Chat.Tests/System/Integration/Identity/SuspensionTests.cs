using System.Net;
using System.Net.Http.Json;
using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Notifications;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>CH-219: nobody of a suspended tenant is served, on any transport and any instance, until it is
/// resumed.</summary>
public abstract class SuspensionSpec : OnKeyServer
{
    [SpecFact]
    public async Task A_suspended_tenant_is_ended_and_refused_everywhere_and_resumed_with_the_same_tokens()
    {
        var key = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin, "acme");
        var all = await Keys.KeyAsync(KeyScopes.Admin | KeyScopes.App, "*");
        var own = await Keys.KeyAsync(KeyScopes.App);
        var where = await Keys.CreateAsync(key, "ann", "ben");
        var (ann, other) = (await Keys.TokenAsync(key, "ann"), await Keys.TokenAsync(own, "ann"));
        await using var raw = await RawClient.OpenAsync(Keys.Server.Url, "features=auth", token: ann);
        await raw.UntilAsync("connected");
        await using var stays = await RawClient.OpenAsync(Keys.Server.Url, "features=auth", token: other);
        var hubs = new List<(ChatHubConnection Hub, Task<Exception?> Closed)>();
        foreach (var transport in (ChatTransports[])[
            ChatTransports.WebSockets, ChatTransports.ServerSentEvents, ChatTransports.LongPolling])
            hubs.Add(await OpenAsync(ann, transport));

        await DoAsync(all, "suspend", """{"tenant":"acme","reason":"unpaid"}""");

        Assert.Equal((int)CloseReason.Forbidden, await raw.Ended.WaitAsync(Bounds.Wait));
        foreach (var (hub, closed) in hubs)
        {
            await closed.WaitAsync(Bounds.Wait);
            await hub.DisposeAsync();
        }
        Assert.Contains(ChatErrorCodes.TenantSuspended, (await hubs[0].Closed)!.ToString(), StringComparison.Ordinal);
        foreach (var (secret, path) in new[]
        {
            (ann, "/api/v1/me"), (ann, "/hubs/chat"), (ann, "/api/v1/chat/ws"), (key, "/api/v1/me"),
            (key, $"/api/v1/chat/{where}/messages"), (key, "/api/v1/admin/audit"), (key, "/api/v1/keys"),
        })
        {
            var refused = await Keys.GetAsync(secret, path, secret == key && path == "/api/v1/me" ? "ann" : null);
            Assert.Equal((path, HttpStatusCode.Forbidden, """{"error":"tenant_suspended: the tenant is suspended"}"""),
                (path, refused.Status, refused.Body));
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await Keys.AskAsync(all, HttpMethod.Post, "/api/v1/tokens",
            """{"user_id":"zoe"}""", null, ("X-Chat-Tenant", "acme"))).Status);
        await stays.SendAsync(new { type = "refresh", token = other });
        await stays.UntilAsync("refreshed");
        var listed = (await Keys.GetAsync(all, "/api/v1/admin/tenants")).Json;
        Assert.Equal(("acme", "unpaid", 1), (listed.GetProperty("tenants")[0].GetProperty("tenant").GetString(),
            listed.GetProperty("tenants")[0].GetProperty("reason").GetString(),
            listed.GetProperty("count").GetInt32()));

        await DoAsync(all, "resume", """{"tenant":"acme"}""");

        await Eventually.HoldsAsync(async () => (await Keys.GetAsync(ann, "/api/v1/me")).Status == HttpStatusCode.OK);
        await using var back = await RawClient.OpenAsync(Keys.Server.Url, "features=auth", token: ann);
        await back.UntilAsync("connected");
        Assert.Equal(0, (await Keys.GetAsync(all, "/api/v1/admin/tenants")).Json.GetProperty("count").GetInt32());
        var acts = (await Keys.GetAsync(key, "/api/v1/admin/audit")).Json.GetProperty("entries").EnumerateArray()
            .Select(one => $"{one.GetProperty("act").GetString()} {one.GetProperty("target").GetString()}").ToList();
        Assert.Contains("tenant.suspend acme", acts);
        Assert.Contains("tenant.resume acme", acts);
        var row = await Keys.Server.Services.GetRequiredService<IDeploymentStore>().ReadAsync(default);
        Assert.Equal(Deployment.LevelOfSuspension, row.Requires);
    }

    [SpecFact]
    public async Task Only_a_key_for_all_tenants_suspends_one()
    {
        var key = await Keys.KeyAsync(KeyScopes.Admin, "acme");
        const string body = """{"tenant":"acme","reason":"unpaid"}""";
        foreach (var verb in (string[])["suspend", "resume"])
            (await Keys.PostAsync(key, $"/api/v1/admin/tenants/{verb}", body))
                .IsRefused(403, "this needs a key for all tenants (*)");
        Assert.Equal(HttpStatusCode.Forbidden, (await Keys.GetAsync(key, "/api/v1/admin/tenants")).Status);
        var all = await Keys.KeyAsync(KeyScopes.Admin, "*");
        foreach (var (wrong, words) in new[]
        {
            ("""{"reason":"x"}""", "tenant must have 1 to 64 characters of a-z, 0-9 and -"),
            ("""{"tenant":"acme"}""", "reason must have 1 to 255 characters"),
            ("""{"tenant":"acme","reason":"x","user_id":"ann"}""", "user_id, session and before are for users only"),
        })
            (await Keys.PostAsync(all, "/api/v1/admin/tenants/suspend", wrong)).IsRefused(400, words);
        Assert.Equal(HttpStatusCode.OK, (await Keys.GetAsync(key, "/api/v1/admin/audit")).Status);
    }

    [SpecFact]
    public async Task Later_sends_of_a_suspended_tenant_are_refused_and_nobody_of_it_is_notified()
    {
        var key = await Keys.KeyAsync(KeyScopes.App, "acme");
        var all = await Keys.KeyAsync(KeyScopes.Admin, "*");
        var where = await Keys.CreateAsync(key, "ann", "ben");
        var notices = new NotificationStore(Keys.Server.Services.GetRequiredService<ChatDatabase>());
        var conversation = new ConversationId(Guid.Parse(where));
        var chat = Keys.Server.Services.GetRequiredService<Server.Core.ChatService>();
        var ann = new Caller(new UserKey(Tenant.Parse("acme"), UserId.Parse("ann")))
        {
            Key = "key:1", IsApplication = true
        };
        await await chat.EnqueueSendAsync(ann, conversation, "in time", null, default);
        Assert.NotEmpty(await notices.FindUnreadAsync([conversation], default));

        await DoAsync(all, "suspend", """{"tenant":"acme","reason":"unpaid"}""");

        Assert.Empty(await notices.FindUnreadAsync([conversation], default));
        var admission = Keys.Server.Services.GetRequiredService<Admission>();
        await Eventually.HoldsAsync(() => Task.FromResult(admission.Revoked.IsSuspended(Tenant.Parse("acme"))));
        foreach (var sender in new[]
        {
            ann, new Caller(ann.User) { IssuedAt = TimeProvider.System.GetUtcNow().AddHours(1) },
        })
            Assert.Equal(ChatErrorCode.TenantSuspended, (await Assert.ThrowsAsync<Server.Core.ChatException>(async () =>
                await await chat.EnqueueSendAsync(sender, conversation, "late", null, default))).Code);
    }

    private async Task DoAsync(string key, string verb, string body)
    {
        var answer = await Keys.PostAsync(key, $"/api/v1/admin/tenants/{verb}", body);
        Assert.Equal((HttpStatusCode.OK, answer.Body), (answer.Status, answer.Body));
        Assert.NotEqual(default, answer.Json.GetProperty("effective_at").GetDateTimeOffset());
    }

    private async Task<(ChatHubConnection Hub, Task<Exception?> Closed)> OpenAsync(string token, ChatTransports over)
    {
        var hub = new ChatHubConnection(Keys.OptionsOf(token) with { Transports = over });
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += reason =>
        {
            closed.TrySetResult(reason);
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        return (hub, closed.Task);
    }
}

public sealed class SqliteSuspensionTests : SuspensionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    // CH-219
    [Fact]
    public async Task A_suspension_survives_a_restart()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        (string, string)[] settings = [("Chat:Identity:Mode", "Token")];
        await using (var first = await TestServer.StartAsync(database.Settings, settings))
            (await first.Operators.PostAsJsonAsync("/api/v1/admin/tenants/suspend",
                new { tenant = "acme", reason = "unpaid" })).EnsureSuccessStatusCode();
        await using var second = await TestServer.StartAsync(database.Settings, settings);
        Assert.True(second.Services.GetRequiredService<Admission>().Revoked.IsSuspended(Tenant.Parse("acme")));
    }
}

[RequiresPostgres]
public sealed class PostgresSuspensionTests : SuspensionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    // CH-219
    [PostgresFact]
    public async Task Instances_that_share_only_the_database_learn_of_a_suspension()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var tokens = new TestTokens();
        await using var one = await TestServer.StartAsync(database.Settings, tokens.Settings);
        await using var two = await TestServer.StartAsync(database.Settings, tokens.Settings);
        await using var raw = await RawClient.OpenAsync(two.Url, "", token: tokens.Of("ann"));
        await raw.JoinAsync(ConversationId.Lobby);
        (await one.Operators.PostAsJsonAsync("/api/v1/admin/tenants/suspend",
            new { tenant = "default", reason = "unpaid" })).EnsureSuccessStatusCode();
        Assert.Equal((int)CloseReason.Forbidden, await raw.Ended.WaitAsync(Bounds.Wait));
    }
}
