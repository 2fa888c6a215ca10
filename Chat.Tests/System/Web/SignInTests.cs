using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Identity;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The web app where the server wants tokens.</summary>
[Collection(WebTests.Name)]
public sealed class SignInTests(WebSite site)
{
    [ChromiumFact]
    public async Task A_visitor_without_a_token_is_asked_for_one_and_again_when_it_has_ended()
    {
        var (time, life) = (new LeapingTime(), TimeSpan.FromMinutes(10));
        await using var server = await TokenServer.StartAsync(time);
        await using var visitor = await site.VisitorAsync("", server.Server.Url);
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sign in to Chat");
        await GiveAsync(visitor.Page, "no token");
        await Expect(visitor.Page.Locator("[role=alert]")).ToHaveTextAsync("The server does not accept this token.");
        await GiveAsync(visitor.Page, server.Tokens.Of("ann", life));
        await visitor.SeesConnectionAsync("live");
        var text = TransportSpec.Unique("hello");
        await visitor.SendAsync(text);
        await visitor.SeesAsync(text);
        time.Leap(life);
        await Expect(visitor.Page.Locator("[role=alert]")).ToHaveTextAsync(
            "Your sign-in has ended. Enter a new token.");
        await GiveAsync(visitor.Page, server.Tokens.Of("ann"));
        await visitor.SeesAsync(text);
    }

    [ChromiumFact]
    public async Task A_page_around_the_app_hands_over_tokens()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var visitor = await site.VisitorAsync("", server.Server.Url);
        await visitor.Context.AddInitScriptAsync(
            $"globalThis.chatHost = {{ accessToken: async () => '{server.Tokens.Of("ben")}' }}");
        await visitor.Page.ReloadAsync();
        await visitor.SeesConnectionAsync("live");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Where_that_page_has_no_token_the_app_asks_nobody_for_one_but_the_page_again()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var visitor = await site.VisitorAsync("", server.Server.Url);
        await visitor.Context.AddInitScriptAsync(
            "globalThis.chatHost = { accessToken: async () => localStorage.getItem('token') }");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator("[role=alert]")).ToHaveTextAsync("The server does not accept this sign-in.");
        await Expect(visitor.Page.Locator("#token")).ToHaveCountAsync(0);
        await visitor.Page.EvaluateAsync("token => localStorage.setItem('token', token)", server.Tokens.Of("ben"));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.SeesConnectionAsync("live");
        await visitor.HadNoTroubleAsync();
    }

    private static async Task GiveAsync(IPage page, string token)
    {
        await page.Locator("#token").FillAsync(token);
        await page.Locator("button.primary").ClickAsync();
    }
}
