using System.Net;
using System.Text.Json.Nodes;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>samples/Gateway in front of a server with tokens, as docs/sign-in.md has it.</summary>
[Collection(WebTests.Name)]
public sealed class GatewayTests(WebSite web)
{
    private readonly TestTokens _tokens = new();

    [ChromiumFact]
    public async Task A_cookie_sign_in_decides_the_user_not_what_the_browser_sends()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, Settings());
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        await using var gateway = SampleProcess.Start("Gateway", "--urls", address.ToString(),
            "--Chat", server.Url.ToString(), "--Key", Convert.ToBase64String(_tokens.Secret), "--TokenSeconds", "24");
        await gateway.UntilAsync("Now listening on");

        using (var outside = new HttpClient { BaseAddress = address })
        {
            outside.DefaultRequestHeaders.Authorization = new("Bearer", "of nobody");
            (await outside.GetAsync("/api/v1/me")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await outside.GetAsync("/gateway/token")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
        await using var visitor = await web.VisitorAsync("", address);
        var (sockets, renewals) = (0, new SemaphoreSlim(0));
        visitor.Page.WebSocket += (_, _) => Interlocked.Increment(ref sockets);
        visitor.Context.RequestFinished += (_, request) =>
        {
            if (request.Url.EndsWith("/gateway/token", StringComparison.Ordinal)) renewals.Release();
        };
        await SignInSite.RenewEarlyAsync(visitor);
        await SignInSite.EnterAsync(visitor.Page);
        await visitor.SeesConnectionAsync("live");
        await Expect(visitor.Page.Locator(".my-name")).ToHaveTextAsync("Ann Archer");
        for (var times = 0; times < 4; times++) // at the start twice; then longer than a token lives
            (await renewals.WaitAsync(Bounds.Wait)).Should().BeTrue();
        var text = TransportSpec.Unique("through the gateway");
        await visitor.SendAsync(text);
        await visitor.SeesAsync(text);
        sockets.Should().Be(1);

        var me = await visitor.Page.EvaluateAsync<string>(
            "fetch('api/v1/me', { headers: { authorization: 'Bearer forged' } }).then(answer => answer.text())");
        ((string)JsonNode.Parse(me)!["user_id"]!).Should().Be("ann");
        await visitor.HadNoTroubleAsync(); // a renewal that the sign-out overtakes is answered 401
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Settings and help" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visitor.Page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    private (string, string)[] Settings() =>
    [
        ("Authentication:Schemes:Gateway:ValidIssuer", "gateway"),
        ("Authentication:Schemes:Gateway:ValidAudience", "chat"),
        ("Authentication:Schemes:Gateway:SigningKeys:0:Issuer", "gateway"),
        ("Authentication:Schemes:Gateway:SigningKeys:0:Value", Convert.ToBase64String(_tokens.Secret)),
    ];
}
