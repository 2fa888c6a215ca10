using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Keys;
using Chat.Server.Notifications;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Postgres;
using Chat.Server.Revocations.Store;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>Who is signed out is here no more, on every transport and on every instance.</summary>
public sealed class RevocationTests
{
    private static readonly string[] Transports = ["WebSockets", "ServerSentEvents", "LongPolling"];

    // CH-172
    [Fact]
    public Task A_user_who_is_revoked_is_ended_everywhere_and_a_new_token_is_taken() =>
        EndsEverywhereAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_user_who_is_revoked_is_ended_everywhere_and_a_new_token_is_taken_on_PostgreSQL() =>
        EndsEverywhereAsync(DatabaseKind.Postgres);

    private static async Task EndsEverywhereAsync(DatabaseKind kind)
    {
        await using var server = await TokenServer.StartAsync(kind);
        var old = server.Tokens.Of("ann", change: Earlier);
        var hubs = new List<(ChatHubConnection Hub, Task<Exception?> Closed)>();
        foreach (var transport in Transports) hubs.Add(await OpenAsync(server, old, transport));
        await using var raw = await RawClient.OpenAsync(server.Server.Url, "features=auth", token: old);
        await raw.JoinAsync(ConversationId.Lobby);
        await using var other = await RawClient.OpenAsync(server.Server.Url, "", token: server.Tokens.Of("ben"));
        using var http = server.ClientOf(old);
        await http.PostAsJsonAsync("/api/join", new { });
        var poll = http.GetAsync("/api/messages?after_id=0");

        var effective = await RevokeAsync(server.Server, "revoke", new { user_id = "ann", reason = "stolen" });
        Assert.InRange(effective, TimeProvider.System.GetUtcNow().AddMinutes(-1),
            TimeProvider.System.GetUtcNow().AddMinutes(1));

        Assert.Equal((int)CloseReason.Unauthenticated, await raw.Ended.WaitAsync(Bounds.Wait));
        foreach (var (hub, closed) in hubs)
        {
            await closed.WaitAsync(Bounds.Wait);
            await hub.DisposeAsync();
        }
        Assert.Contains(ChatErrorCodes.TokenRevoked, (await hubs[0].Closed)!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await poll.WaitAsync(Bounds.Wait)).StatusCode);
        foreach (var path in (string[])["/api/v1/me", "/api/v1/chat", "/api/messages?after_id=0", "/hubs/chat"])
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, answer.StatusCode));
            Assert.StartsWith("{\"error\":\"token_revoked: ", await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }
        // Of another user, and one that was issued later.
        await other.JoinAsync(ConversationId.Lobby);
        var again = server.Tokens.Of("ann", change: Later);
        await using var back = await RawClient.OpenAsync(server.Server.Url, "features=auth", token: again);
        await back.JoinAsync(ConversationId.Lobby);
        await back.SendAsync(new { type = "refresh", token = old });
        Assert.Equal(ChatErrorCodes.TokenRevoked, (await back.UntilErrorAsync()).GetProperty("code").GetString());
        await back.SendAsync(new { type = "refresh", token = again });
        await back.UntilAsync("refreshed");
        var row = await server.Server.Services.GetRequiredService<IDeploymentStore>().ReadAsync(default);
        Assert.Equal(Deployment.LevelOfRights, row.Requires);
        Assert.Equal("", server.Server.TakeErrors());
    }

    // CH-172
    [Fact]
    public async Task A_session_ends_alone()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var phone = await RawClient.OpenAsync(server.Server.Url, "", token: Of(server, "phone"));
        await using var desk = await RawClient.OpenAsync(server.Server.Url, "", token: Of(server, "desk"));
        await phone.JoinAsync(ConversationId.Lobby);
        await RevokeAsync(server.Server, "revoke", new { user_id = "ann", session = "phone", reason = "lost" });
        Assert.Equal((int)CloseReason.Unauthenticated, await phone.Ended.WaitAsync(Bounds.Wait));
        await desk.JoinAsync(ConversationId.Lobby);

        static string Of(TokenServer server, string session) =>
            server.Tokens.Of("ann", change: claims => claims["sid"] = session);
    }

    // CH-172
    [Fact]
    public Task A_deactivated_user_is_let_in_with_no_token_until_it_is_taken_back() =>
        DeactivatesAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_deactivated_user_is_let_in_with_no_token_until_it_is_taken_back_on_PostgreSQL() =>
        DeactivatesAsync(DatabaseKind.Postgres);

    private static async Task DeactivatesAsync(DatabaseKind kind)
    {
        await using var server = await TokenServer.StartAsync(kind);
        await RevokeAsync(server.Server, "deactivate", new { user_id = "ann", reason = "left" });
        await RevokeAsync(server.Server, "revoke", new { user_id = "ann", reason = "once more" });
        using var http = server.ClientOf(server.Tokens.Of("ann", change: Later));
        await Eventually.HoldsAsync(async () =>
            (await http.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.Unauthorized);
        await RevokeAsync(server.Server, "reactivate", new { user_id = "ann" });
        using var newer = server.ClientOf(server.Tokens.Of("ann", change: Later)); // than what took it back
        await Eventually.HoldsAsync(async () => (await newer.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.OK);
        using var older = server.ClientOf(server.Tokens.Of("ann", change: Earlier));
        Assert.Equal(HttpStatusCode.Unauthorized, (await older.GetAsync("/api/v1/me")).StatusCode);
    }

    // CH-172
    [Fact]
    public async Task A_key_revokes_users_of_its_own_tenant_and_the_audit_says_so()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var (key, _) = await server.Server.Services.GetRequiredService<KeyMaker>().MakeAsync(
            new NewKey("backend", Tenant.Parse("acme"), KeyScopes.Admin, null),
            new AuditEntry(null, "operator:test", "", ""), default);
        using var http = server.ClientOf(key);
        foreach (var (tenant, status) in ((string?, HttpStatusCode)[])[
            (null, HttpStatusCode.OK), ("acme", HttpStatusCode.OK), ("default", HttpStatusCode.Forbidden)])
        {
            using var answer = await http.PostAsJsonAsync(
                "/api/v1/admin/users/revoke", new { user_id = "ann", reason = "stolen", tenant });
            Assert.Equal((tenant, status), (tenant, answer.StatusCode));
        }
        var stored = await server.Server.Services.GetRequiredService<IRevocationStore>().ReadAllAsync(default);
        Assert.Equal(("acme", "ann"), (stored.Single().User.Tenant.Name, stored.Single().User.Id.Value));
        await Eventually.HoldsAsync(async () => (await http.GetStringAsync("/api/v1/admin/audit"))
            .Contains("\"act\":\"user.revoke\"", StringComparison.Ordinal));
    }

    // CH-172
    [Fact]
    public async Task There_are_no_notices_for_a_deactivated_user()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var ann = await server.ConnectHubAsync(server.Tokens.Of("ann"));
        var created = await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ben"), UserId.Parse("cem")] });
        await ann.SendAsync(created.Id, "hello");
        await RevokeAsync(server.Server, "deactivate", new { user_id = "ben", reason = "left" });
        var store = new NotificationStore(server.Server.Services.GetRequiredService<ChatDatabase>());
        var unread = await store.FindUnreadAsync([created.Id], default);
        Assert.DoesNotContain(unread, one => one.User.Id.Value == "ben");
        Assert.Contains(unread, one => one.User.Id.Value == "cem");
    }

    // CH-173
    [PostgresFact]
    public async Task Instances_that_share_only_the_database_learn_of_a_revocation()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var tokens = new TestTokens();
        await using var one = await TestServer.StartAsync(database.Settings, tokens.Settings);
        await using var two = await TestServer.StartAsync(database.Settings, tokens.Settings);
        var old = tokens.Of("ann", change: Earlier);
        await using var raw = await RawClient.OpenAsync(two.Url, "", token: old);
        await raw.JoinAsync(ConversationId.Lobby);
        await RevokeAsync(one, "revoke", new { user_id = "ann", reason = "stolen" });
        Assert.Equal((int)CloseReason.Unauthenticated, await raw.Ended.WaitAsync(Bounds.Wait));
    }

    // CH-173
    [PostgresFact]
    public async Task Revocations_are_stored_one_after_the_other()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Postgres);
        var connections = server.Server.Services.GetRequiredService<PostgresConnections>();
        await using var holder = await connections.Commits.OpenConnectionAsync();
        await using (var held = holder.CreateCommand())
        {
            held.CommandText = "select pg_advisory_lock(7234981107)";
            await held.ExecuteNonQueryAsync();
        }
        var revoking = RevokeAsync(server.Server, "revoke", new { user_id = "ann", reason = "stolen" });
        await Eventually.HoldsAsync(async () => await WaitersAsync(holder) > 0);
        Assert.False(revoking.IsCompleted);
        await using (var freed = holder.CreateCommand())
        {
            freed.CommandText = "select pg_advisory_unlock(7234981107)";
            await freed.ExecuteNonQueryAsync();
        }
        await revoking.WaitAsync(Bounds.Wait);
    }

    // CH-173
    [PostgresFact]
    public async Task A_batch_is_not_stored_while_there_is_a_revocation_that_its_lane_does_not_know()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Postgres);
        await RevokeAsync(server.Server, "revoke", new { user_id = "ann", reason = "stolen" });
        var services = server.Server.Services;
        var last = (await services.GetRequiredService<IRevocationStore>().ReadAllAsync(default)).Single().Number;
        var store = services.GetRequiredService<IMessageStore>();
        foreach (var key in (string?[])[null, "k"])
        {
            var drafts = Drafts.Of(Drafts.Message(ConversationId.Lobby, dedupeKey: key));
            var failure = await Assert.ThrowsAsync<StoreException>(
                () => store.CommitAsync(drafts, new CommitMoment(Drafts.Noon, last - 1), default));
            Assert.Equal(StoreFailure.Outdated, failure.Failure);
            var head = (await store.ReadHeadsAsync([ConversationId.Lobby], default))[ConversationId.Lobby].Last;
            var stored = await store.CommitAsync(drafts, new CommitMoment(Drafts.Noon, last), default);
            Assert.Equal(head + 1, stored.Single().Sequence);
        }
    }

    // CH-172
    [Theory]
    [InlineData("""{"reason":"x"}""", "user_id")]
    [InlineData("""{"user_id":"ann"}""", "reason")]
    [InlineData("""{"user_id":"ann","reason":"x","before":"tomorrow"}""", "before")]
    [InlineData("""{"user_id":"ann","reason":"x","before":"2999-01-01T00:00:00Z"}""", "before")]
    [InlineData("""{"user_id":"ann","reason":"x","session":""}""", "session")]
    [InlineData("""{"user_id":"ann","reason":"x","tenant":"A b"}""", "tenant")]
    [InlineData("[]", "body")]
    public async Task An_impossible_revocation_is_refused_in_words(string body, string names)
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        using var answer = await server.Server.Operators.PostAsync("/api/v1/admin/users/revoke",
            new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(names, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // CH-172
    [Fact]
    public async Task An_open_server_has_nothing_to_revoke_and_strangers_may_not_at_all()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        var body = new { user_id = "ann", reason = "x" };
        Assert.Equal(HttpStatusCode.BadRequest,
            (await server.Operators.PostAsJsonAsync("/api/v1/admin/users/revoke", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await server.Http.PostAsJsonAsync("/api/v1/admin/users/revoke", body)).StatusCode);
    }

    // CH-172
    [Fact]
    public async Task Revocations_survive_a_restart()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var tokens = new TestTokens();
        var token = tokens.Of("ann", change: Earlier);
        await using (var first = await TestServer.StartAsync(database.Settings, tokens.Settings))
            await RevokeAsync(first, "revoke", new { user_id = "ann", reason = "stolen" });
        await using var second = await TestServer.StartAsync(database.Settings, tokens.Settings);
        second.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.Http.GetAsync("/api/v1/me")).StatusCode);
        var store = second.Services.GetRequiredService<IRevocationStore>();
        Assert.Single(await store.ReadAllAsync(default));
        Assert.Equal(1, await store.DeleteExpiredAsync(TimeProvider.System.GetUtcNow().AddDays(2), default));
        Assert.Empty(await store.ReadAllAsync(default));
    }

    private static void Earlier(JsonObject claims) => claims["iat"] = (long)claims["iat"]! - 60;

    private static void Later(JsonObject claims) => claims["iat"] = (long)claims["iat"]! + 20;

    private static async Task<DateTimeOffset> RevokeAsync(TestServer server, string verb, object body)
    {
        using var answer = await server.Operators.PostAsJsonAsync($"/api/v1/admin/users/{verb}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("effective_at").GetDateTimeOffset();
    }

    private static async Task<(ChatHubConnection Hub, Task<Exception?> Closed)> OpenAsync(
        TokenServer server, string token, string transport)
    {
        var hub = new ChatHubConnection(server.OptionsOf(token) with
        {
            Transports = Enum.Parse<ChatTransports>(transport),
        });
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += reason =>
        {
            closed.TrySetResult(reason);
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        return (hub, closed.Task);
    }

    private static async Task<long> WaitersAsync(Npgsql.NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
