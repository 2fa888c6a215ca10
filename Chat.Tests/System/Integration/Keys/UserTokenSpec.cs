using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Keys;

/// <summary>Tokens that back ends make: what a JSON Web Token can do, they can.</summary>
public abstract class UserTokenSpec : OnKeyServer
{
    // CH-184
    [SpecFact]
    public async Task A_token_opens_every_transport_and_says_tenant_name_and_roles()
    {
        var key = await Keys.KeyAsync(KeyScopes.App, "acme");
        var token = await Keys.TokenAsync(key, "ann", ""","name":"Ann","roles":["moderator"],"ttl":600""");
        foreach (var transport in (ChatTransports[])[
            ChatTransports.WebSockets, ChatTransports.ServerSentEvents, ChatTransports.LongPolling])
        {
            await using var hub = new ChatHubConnection(Keys.OptionsOf(token) with { Transports = transport });
            await hub.StartAsync();
            var me = await hub.MeAsync();
            Assert.Equal(("ann", "acme", "Ann"), (me.UserId.Value, me.Tenant, me.Name));
            Assert.Equal(["user", "moderator"], me.Roles);
            Assert.InRange(me.ExpiresInSeconds!.Value, 500, 600);
        }
        await using var inAddress = await RawClient.OpenAsync(
            Keys.Server.Url, $"features=auth&access_token={token}");
        Assert.Equal("acme", (await inAddress.NextAsync()).GetProperty("tenant").GetString());
        await using var inHeader = await RawClient.OpenAsync(Keys.Server.Url, "features=auth", token: token);
        Assert.Equal("moderator", (await inHeader.NextAsync()).GetProperty("roles")[1].GetString());
        Assert.Equal("ann", (await Keys.GetAsync(token, "/api/v1/me")).Json.GetProperty("user_id").GetString());
    }

    // CH-184
    [SpecFact]
    public async Task Connections_end_with_the_token_that_opened_them_when_it_is_revoked()
    {
        var key = await Keys.KeyAsync(KeyScopes.App, "acme");
        await OnlyTheRevokedEndsAsync(key, await Keys.TokenAsync(key, "ann"), await Keys.TokenAsync(key, "ann"));
    }

    // CH-184
    [SpecFact]
    public async Task Another_token_of_the_same_session_stays_when_one_is_revoked()
    {
        var key = await Keys.KeyAsync(KeyScopes.App, "acme");
        const string more = ""","session":"phone" """;
        var other = await Keys.TokenAsync(key, "ann", more);
        await OnlyTheRevokedEndsAsync(key, await Keys.TokenAsync(key, "ann", more), other);
        Assert.Equal(HttpStatusCode.OK, (await Keys.GetAsync(other, "/api/v1/me")).Status);
    }

    // CH-184
    [SpecFact]
    public async Task A_token_that_was_revoked_or_changed_opens_nothing()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var token = await Keys.TokenAsync(key, "ann");
        var foreign = await Keys.KeyAsync(KeyScopes.App, "acme");
        var path = $"/api/v1/tokens/{token[3..19]}";
        (await Keys.AskAsync(foreign, HttpMethod.Delete, path)).IsRefused(404, "token not found");
        Assert.Equal(HttpStatusCode.OK, (await Keys.GetAsync(token, "/api/v1/me")).Status);

        Assert.Equal(HttpStatusCode.OK, (await Keys.AskAsync(key, HttpMethod.Delete, path)).Status);

        await RefusedAsync(Keys, "token_revoked", token);
        await RefusedAsync(Keys, "token_invalid", "ct_" + key[3..]);
        await RefusedAsync(Keys, "token_invalid", token.Replace("ct_", "ct_0", StringComparison.Ordinal));
    }

    // CH-184
    [SpecFact]
    public async Task A_token_that_expires_ends_what_it_opened_and_opens_nothing()
    {
        var time = new LeapingTime();
        await using var keys = await KeyServer.StartAsync(Kind, time);
        var brief = await keys.TokenAsync(await keys.KeyAsync(KeyScopes.App), "ann", ""","ttl":600""");
        await using var raw = await RawClient.OpenAsync(keys.Server.Url, "", token: brief);
        time.Leap(TimeSpan.FromSeconds(600));
        Assert.Equal((int)CloseReason.TokenExpired, await raw.Ended.WaitAsync(Bounds.Wait));
        await RefusedAsync(keys, "token_expired", brief);
    }

    // CH-184
    [SpecFact]
    public async Task The_request_for_a_token_is_checked()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        foreach (var wrong in (string[])[
            "{}", """{"user_id":""}""", """{"user_id":"a\u0007"}""", """{"user_id":"ann","ttl":0}""",
            """{"user_id":"ann","ttl":86401}""", """{"user_id":"ann","ttl":"1h"}""",
            """{"user_id":"ann","roles":["operator"]}""", """{"user_id":"ann","session":""}""",
            """{"user_id":"ann","name":"a\u202eb"}"""])
            Assert.Equal((wrong, HttpStatusCode.BadRequest),
                (wrong, (await Keys.PostAsync(key, "/api/v1/tokens", wrong)).Status));
        var own = await Keys.TokenAsync(key, "ann");
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await Keys.PostAsync(own, "/api/v1/tokens", """{"user_id":"ann"}""")).Status);
    }

    // CH-184, CH-170
    [SpecFact]
    public async Task A_connection_is_given_the_next_token()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var brief = await Keys.TokenAsync(key, "ann", ""","ttl":60""");
        var next = await Keys.TokenAsync(key, "ann");
        await using var hub = new ChatHubConnection(Keys.OptionsOf(brief));
        await hub.StartAsync();
        Assert.InRange((await hub.RefreshAsync(next)).ExpiresInSeconds!.Value, 3_000, 3_600);
        var other = await Keys.TokenAsync(key, "ben");
        await Assert.ThrowsAnyAsync<Exception>(() => hub.RefreshAsync(other));
    }

    // CH-56
    [SpecFact]
    public async Task A_task_is_its_senders_and_its_tenants_application()
    {
        var (acme, own) = (await Keys.KeyAsync(KeyScopes.App, "acme"), await Keys.KeyAsync(KeyScopes.App));
        var where = await Keys.CreateAsync(acme, "ann", "ben");
        var sent = await Keys.PostAsync(acme, $"/api/v1/chat/{where}", """{"body":"hello"}""", "ann");
        var task = $"/api/v1/tasks/{sent.Json.GetProperty("task_id").GetString()}";
        foreach (var secret in (string[])[acme, await Keys.TokenAsync(acme, "ann")])
            Assert.Equal(HttpStatusCode.OK, (await Keys.GetAsync(secret, task)).Status);
        foreach (var secret in (string[])[
            own, await Keys.TokenAsync(acme, "ben"), await Keys.TokenAsync(own, "ann")])
            (await Keys.GetAsync(secret, task)).IsRefused(404, "task not found");
    }

    // CH-186
    [SpecFact]
    public async Task Users_of_two_tenants_see_nothing_of_each_other()
    {
        var (acme, own) = (await Keys.KeyAsync(KeyScopes.App, "acme"), await Keys.KeyAsync(KeyScopes.App));
        var theirs = await Keys.CreateAsync(acme, "ann", "ben");
        var token = await Keys.TokenAsync(own, "ann");
        Assert.Equal(HttpStatusCode.Forbidden,
            (await Keys.GetAsync(token, $"/api/v1/chat/{theirs}/messages")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Keys.GetAsync(own, $"/api/v1/chat/{theirs}/messages")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Keys.PostAsync(own, $"/api/v1/chat/{theirs}",
            """{"sender_id":"ann","body":"no"}""")).Status);
        Assert.DoesNotContain(theirs, (await Keys.GetAsync(token, "/api/v1/chat")).Body, StringComparison.Ordinal);
        Assert.Contains(theirs, (await Keys.GetAsync(await Keys.TokenAsync(acme, "ann"), "/api/v1/chat")).Body,
            StringComparison.Ordinal);
    }

    private async Task OnlyTheRevokedEndsAsync(string key, string revoked, string other)
    {
        await using var raw = await RawClient.OpenAsync(Keys.Server.Url, "features=auth", token: revoked);
        await raw.UntilAsync("connected");
        await using var stays = await RawClient.OpenAsync(Keys.Server.Url, "features=auth", token: other);
        Assert.Equal(HttpStatusCode.OK,
            (await Keys.AskAsync(key, HttpMethod.Delete, $"/api/v1/tokens/{revoked[3..19]}")).Status);
        Assert.Equal((int)CloseReason.Unauthenticated, await raw.Ended.WaitAsync(Bounds.Wait));
        await stays.SendAsync(new { type = "refresh", token = other });
        await stays.UntilAsync("refreshed");
    }

    private static async Task RefusedAsync(KeyServer keys, string code, string token)
    {
        var refused = await keys.GetAsync(token, "/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Contains(code, refused.Body, StringComparison.Ordinal);
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var hub = new ChatHubConnection(keys.OptionsOf(token));
            await hub.StartAsync();
        });
        Assert.NotNull(failure);
    }
}

public sealed class SqliteUserTokenTests : UserTokenSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresUserTokenTests : UserTokenSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
