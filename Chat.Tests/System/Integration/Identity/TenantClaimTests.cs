using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>Whose users an issuer's tokens are for, and what roles they give.</summary>
public sealed class TenantClaimTests : IAsyncLifetime
{
    private TokenServer _server = null!;

    public async Task InitializeAsync() => _server = await TokenServer.StartAsync(DatabaseKind.Sqlite,
        ("Chat:Identity:TenantClaim", "tenant"), ("Chat:Identity:Issuers:Bearer:Tenant", "acme"),
        ("Chat:Identity:Issuers:Pairs:Tenant", "*"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    // CH-186
    [Fact]
    public async Task An_issuer_speaks_for_its_own_tenant_only()
    {
        Assert.Equal("acme", await TenantAsync(Fixed(_ => { })));
        Assert.Equal("acme", await TenantAsync(Fixed(claims => claims["tenant"] = "acme")));
        foreach (var wrong in (JsonNode[])["default", "beta", "", "ACME", " acme", 1, true, new JsonArray("acme"),
            new JsonObject { ["a"] = "acme" }])
            Assert.Equal("token_invalid", await TenantAsync(Fixed(claims => claims["tenant"] = wrong.DeepClone())));
        Assert.Equal("token_invalid", await TenantAsync(Fixed(claims => claims["tenant"] = null)));
    }

    // CH-186
    [Fact]
    public async Task Where_the_claim_decides_there_must_be_one()
    {
        Assert.Equal("beta", await TenantAsync(Any("beta")));
        Assert.Equal("default", await TenantAsync(Any("default")));
        foreach (var wrong in (string?[])[null, "", "*", "a b", new string('a', 65)])
            Assert.Equal("token_invalid", await TenantAsync(Any(wrong)));
    }

    [Fact]
    public async Task The_deployment_requires_servers_that_know_of_tenants() =>
        Assert.Equal(Deployment.LevelOfRights, (await _server.Server.Services.GetRequiredService<IDeploymentStore>()
            .ReadAsync(default)).Requires);

    // CH-187
    [Fact]
    public async Task Roles_come_from_the_claim_and_operator_is_none()
    {
        foreach (var (claim, roles) in ((JsonNode?, string)[])[
            (null, "user"), ("moderator", "user moderator"), (new JsonArray("moderator"), "user moderator"),
            (new JsonArray("user", "admin"), "user"), (new JsonArray("operator", "moderator", 1), "user moderator"),
            ("operator", "user"), ("Moderator", "user"), (1, "user"), (new JsonObject(), "user")])
        {
            using var http = _server.ClientOf(Fixed(claims => claims["chat_roles"] = claim?.DeepClone()));
            var me = await http.GetFromJsonAsync<JsonElement>("/api/v1/me");
            Assert.Equal(roles, string.Join(' ', me.GetProperty("roles").EnumerateArray().Select(r => r.GetString())));
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/keys")).StatusCode);
        }
        using var operators = _server.ClientOf(Fixed(claims => claims["chat_roles"] = "operator"));
        foreach (var path in (string[])["/api/v1/admin/audit", "/api/v1/admin/tasks/queues", "/metrics"])
            Assert.Equal(HttpStatusCode.Forbidden, (await operators.GetAsync(path)).StatusCode);
    }

    // CH-162, CH-186
    [Fact]
    public async Task A_connection_of_one_tenant_takes_nothing_from_a_user_of_the_same_name_of_another()
    {
        using var ann = _server.ClientOf(Fixed(_ => { }));
        using var other = _server.ClientOf(Any("beta"));
        using var negotiation = await ann.PostAsync("/hubs/chat/negotiate?negotiateVersion=1", null);
        var token = (await negotiation.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken")
            .GetString();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, $"/hubs/chat?id={token}");
            using var answer = await other.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("identity_mismatch", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    // CH-186
    [Fact]
    public async Task Users_of_one_name_in_two_tenants_are_shown_nothing_of_each_other()
    {
        await using var ann = await _server.ConnectHubAsync(Fixed(_ => { }));
        await using var other = await _server.ConnectHubAsync(Any("beta"));
        var made = await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ben")] });
        await ann.SendAsync(made.Id, "for acme");

        Assert.Empty(await other.ConversationsAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => other.SendAsync(made.Id, "no"));
        await Assert.ThrowsAnyAsync<Exception>(() => other.SendAsync(ConversationId.Lobby, "no"));
        await Assert.ThrowsAnyAsync<Exception>(() => ann.SendAsync(ConversationId.Lobby, "no"));
        Assert.Single(await ann.ConversationsAsync());
        var direct = new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ben")], Kind = Contracts.Entries.ConversationKind.Direct,
        };
        Assert.NotEqual((await ann.CreateConversationAsync(direct)).Id,
            (await other.CreateConversationAsync(direct)).Id);
    }

    private string Fixed(Action<JsonObject> change) => _server.Tokens.Of("ann", change: change);

    private string Any(string? tenant) => _server.Site.SignRs256(IssuerSite.Claims("ann", claims =>
    {
        if (tenant is not null) claims["tenant"] = tenant;
    }));

    /// <summary>The tenant of the token's user; or the code of the refusal.</summary>
    private async Task<string?> TenantAsync(string token)
    {
        using var http = _server.ClientOf(token);
        using var answer = await http.GetAsync("/api/v1/me");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.StatusCode == HttpStatusCode.OK
            ? body.GetProperty("tenant").GetString()
            : body.GetProperty("error").GetString()!.Split(':')[0];
    }
}
