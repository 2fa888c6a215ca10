using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The web app signs people in at a provider, samples/SignIn (CH-169).</summary>
[Collection(WebTests.Name)]
public sealed partial class OidcTests(WebSite web)
{
    [ChromiumTheory]
    [InlineData("")]
    [InlineData("/chat")]
    public async Task A_user_signs_in_writes_comes_back_and_signs_out(string pathBase)
    {
        await using var site = await SignInSite.StartAsync(pathBase: pathBase);
        await using var visitor = await site.VisitorAsync(web);
        var page = visitor.Page;
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in to Chat");
        await Expect(page.Locator(".lead")).ToHaveTextAsync($"You sign in at {site.Provider.Authority}.");
        await WebSite.PictureAsync(page, "sign-in");
        await site.SignInAsync(visitor);
        page.Url.Should().StartWith(site.Home.ToString()).And.NotContain("code=").And.NotContain("state=");
        await Expect(page.Locator(".my-name")).ToHaveTextAsync("Ann Archer");
        var text = TransportSpec.Unique("hello");
        await visitor.SendAsync(text);
        await visitor.SeesAsync(text);
        (await KeptAsync(page)).Should().NotContain("eyJ"); // how each JWT begins

        await page.ReloadAsync();
        await visitor.SeesConnectionAsync("live"); // without a question: the provider knows who it is
        await visitor.SeesAsync(text);
        await visitor.Composer.FillAsync("not to be seen by whoever comes next");

        await SignOutAsync(site, page);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in to Chat");
        (await KeptAsync(page)).Should().NotContain("whoever comes next").And.NotContain("ann");
        await site.GoAsync(page); // and the provider asks again
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_token_that_expires_is_renewed_on_the_connection_without_a_gap()
    {
        await using var site = await SignInSite.StartAsync(tokenSeconds: 24);
        await using var visitor = await site.VisitorAsync(web);
        var (sockets, renewals) = (0, new SemaphoreSlim(0));
        visitor.Page.WebSocket += (_, _) => Interlocked.Increment(ref sockets);
        visitor.Context.RequestFinished += (_, request) =>
        {
            if (request.Url.EndsWith("/connect/token", StringComparison.Ordinal)
                && request.PostData!.Contains("grant_type=refresh_token", StringComparison.Ordinal)) renewals.Release();
        };
        await SignInSite.RenewEarlyAsync(visitor);
        await site.SignInAsync(visitor);
        var texts = new List<string>();
        for (var times = 0; times < 3; times++) // longer than two tokens live
        {
            (await renewals.WaitAsync(Bounds.Wait)).Should().BeTrue();
            texts.Add(TransportSpec.Unique("over"));
            await visitor.SendAsync(texts[^1]);
            await visitor.SeesAsync(texts[^1]);
        }
        sockets.Should().Be(1);
        foreach (var text in texts) await visitor.SeesAsync(text);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_provider_that_is_away_is_named_and_found_again()
    {
        await using var site = await SignInSite.StartAsync(isProviderUp: false);
        await using var visitor = await site.VisitorAsync(web);
        visitor.ConnectionMayBreak = true;
        var (page, words) = (visitor.Page, $"{site.Provider.Authority} does not answer. Try again.");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToHaveTextAsync(words);
        await site.StartProviderAsync();
        await page.ReloadAsync();
        await site.SignInAsync(visitor);
        await SignOutAsync(site, page);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in to Chat");
        await site.StopProviderAsync(); // while the page is there
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToHaveTextAsync(words);
        page.Url.Should().Be(site.Home.ToString());
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Tokens_that_cannot_be_renewed_for_a_while_hold_nothing_up_for_longer()
    {
        await using var site = await SignInSite.StartAsync(tokenSeconds: 15);
        await using var visitor = await site.VisitorAsync(web);
        visitor.ConnectionMayBreak = true;
        await site.SignInAsync(visitor);
        await visitor.Context.RouteAsync($"{site.Provider}**", route => route.AbortAsync());
        await Expect(visitor.Page.Locator(".banner")).ToContainTextAsync("the sign-in service does not answer");
        var text = TransportSpec.Unique("later");
        await visitor.SendAsync(text);
        await visitor.Context.UnrouteAsync($"{site.Provider}**");
        await visitor.SeesConnectionAsync("live");
        await Expect(visitor.Page.Locator("li[data-seq]").Filter(new() { HasText = text })).ToHaveCountAsync(1);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_refused_sign_in_at_the_provider_is_shown_and_may_be_repeated()
    {
        await using var site = await SignInSite.StartAsync();
        await using var visitor = await site.VisitorAsync(web);
        await site.GoAsync(visitor.Page);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Expect(visitor.Page.Locator("[role=alert]")).ToHaveTextAsync(
            $"{site.Provider.Authority} says that you did not allow it.");
        visitor.Page.Url.Should().Be(site.Home.ToString());
        await site.SignInAsync(visitor);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumTheory]
    [InlineData("code=stolen&state=of-somebody-else")]
    [InlineData("code=stolen&state={state}&iss=https://evil.test/")]
    [InlineData("error=access_denied&state=of-somebody-else")]
    public async Task An_answer_that_this_tab_did_not_ask_for_is_not_taken(string answer)
    {
        await using var site = await SignInSite.StartAsync();
        await using var visitor = await site.VisitorAsync(web);
        await site.GoAsync(visitor.Page);
        var asked = QueryOf(visitor.Page.Url, "state");
        var taken = false;
        visitor.Context.Request += (_, request) =>
            taken |= request.Url.Contains("/connect/token", StringComparison.Ordinal);
        await visitor.Page.GotoAsync(
            $"{site.Home}?{answer.Replace("{state}", asked, StringComparison.Ordinal)}");
        await Expect(visitor.Page.Locator("[role=alert]")).ToHaveTextAsync(
            "This answer belongs to another sign-in, or was used before. Sign in again.");
        taken.Should().BeFalse();
        visitor.Page.Url.Should().Be(site.Home.ToString());
        await site.SignInAsync(visitor);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumTheory]
    [InlineData("nonce")]
    [InlineData("aud")]
    [InlineData("iss")]
    public async Task An_identity_for_another_sign_in_is_not_taken(string claim)
    {
        await using var site = await SignInSite.StartAsync();
        await using var visitor = await site.VisitorAsync(web);
        await visitor.Context.RouteAsync("**/connect/token", async route =>
        {
            var answer = await route.FetchAsync();
            var tokens = JsonNode.Parse(await answer.TextAsync())!;
            tokens["id_token"] = Forge((string)tokens["id_token"]!, claim);
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = tokens.ToJsonString() });
        });
        await site.GoAsync(visitor.Page);
        await SignInSite.EnterAsync(visitor.Page);
        await Expect(visitor.Page.Locator("[role=alert]")).ToHaveTextAsync(
            "This answer belongs to another sign-in, or was used before. Sign in again.");
        await Expect(visitor.Page.Locator("[data-connection]")).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task Back_and_forth_in_the_history_ends_in_words_and_a_button_that_works()
    {
        await using var site = await SignInSite.StartAsync();
        await using var visitor = await site.VisitorAsync(web);
        var page = visitor.Page;
        await site.SignInAsync(visitor);
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        await SignInSite.EnterAsync(page); // an answer to a question that has been answered
        await Expect(page.Locator("[role=alert]")).ToHaveTextAsync(
            "This answer belongs to another sign-in, or was used before. Sign in again.");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await visitor.SeesConnectionAsync("live");

        await SignOutAsync(site, page);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in to Chat");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        await page.GoBackAsync(); // without an answer: the app does not send people there again by itself
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveTextAsync(ButtonText());
        await Expect(page.GetByRole(AriaRole.Button)).ToBeEnabledAsync();
    }

    [ChromiumFact]
    public async Task Two_tabs_sign_in_by_themselves_and_sign_out_together()
    {
        await using var site = await SignInSite.StartAsync();
        await using var visitor = await site.VisitorAsync(web);
        await site.SignInAsync(visitor);
        var other = await visitor.Context.NewPageAsync();
        await other.GotoAsync(site.Home.ToString());
        await Expect(other.Locator("[data-connection=live]")).ToBeAttachedAsync();
        var text = TransportSpec.Unique("seen in both");
        await visitor.SendAsync(text);
        await Expect(other.Locator("#messages li[data-seq] .text").Filter(new() { HasText = text })).ToBeVisibleAsync();
        await SignOutAsync(site, visitor.Page);
        await Expect(other.Locator("[role=alert]")).ToHaveTextAsync("You are signed out.");
        await Expect(other.Locator("[data-connection]")).ToHaveCountAsync(0);
        await site.SignInAsync(visitor, "ben", "greenhouse");
        await Expect(visitor.Page.Locator(".my-name")).ToHaveTextAsync("Ben Baker");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task The_page_may_call_the_provider_and_nobody_else()
    {
        await using var site = await SignInSite.StartAsync();
        using var answer = await site.Server.Http.GetAsync("/");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .EndWith($"connect-src 'self' {site.Provider.GetLeftPart(UriPartial.Authority)}");
        var config = JsonNode.Parse(await site.Server.Http.GetStringAsync("/app/config.json"))!;
        ((string)config["mode"]!).Should().Be("token");
        ((string)config["sign_in"]!["client_id"]!).Should().Be("chat-web");
        ((string)config["sign_in"]!["token_endpoint"]!).Should().Be($"{site.Provider}connect/token");
    }

    /// <summary>Ends when the provider has sent the page back: the app shows the same words at the same address, before
    /// it goes there.</summary>
    private static async Task SignOutAsync(SignInSite site, IPage page)
    {
        var returned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.DOMContentLoaded += (_, at) =>
        {
            if (at.Url.StartsWith(site.Home.ToString(), StringComparison.Ordinal)) returned.TrySetResult();
        };
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Settings and help" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await returned.Task.WaitAsync(Bounds.Wait);
    }

    /// <summary>All that this browser keeps for the app.</summary>
    private static Task<string> KeptAsync(IPage page) =>
        page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");

    private static string QueryOf(string address, string name) =>
        // The provider's own page has the whole question in its address.
        HttpUtility.ParseQueryString(Uri.UnescapeDataString(new Uri(address).Query))[name]!;

    private static string Forge(string token, string claim)
    {
        var parts = token.Split('.');
        var padded = parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '=');
        var claims = JsonNode.Parse(Convert.FromBase64String(padded))!;
        claims[claim] = "another";
        parts[1] = TestTokens.Base64Url(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        return string.Join('.', parts);
    }

    [GeneratedRegex("^\\s*Sign in\\s*$")]
    private static partial Regex ButtonText();
}
