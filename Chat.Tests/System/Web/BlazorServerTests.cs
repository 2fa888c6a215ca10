using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>samples/BlazorServer, built from the packages: a chat and interactive pages in one application.</summary>
[Collection(WebTests.Name)]
public sealed class BlazorServerTests(WebSite site)
{
    [ChromiumFact]
    public async Task People_sign_in_and_talk_over_circuits_and_nobody_else_reaches_the_chat()
    {
        await using var app = await PackedApplication.OfFolderAsync("samples/BlazorServer");
        await app.PublishAsync();
        var (process, url) = await app.StartAsync();
        await using var _ = process;
        using var nobody = new HttpClient { BaseAddress = url };
        using var refused = await nobody.PostAsync("chat/hubs/chat/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var form = new FormUrlEncodedContent([]);
        using var unguarded = await nobody.PostAsync("sign-out", form);
        Assert.Equal(HttpStatusCode.BadRequest, unguarded.StatusCode); // no page of another site signs anybody out

        await using var ofAnn = await site.NewContextAsync();
        await using var ofBen = await site.NewContextAsync();
        var errors = new List<string>();
        var ann = await SignInAsync(ofAnn, url, "ann", "wonderland", errors);
        await WriteAsync(ann, "who is there?");
        await Expect(Message(ann, "ann who is there?")).ToBeVisibleAsync();
        var ben = await SignInAsync(ofBen, url, "ben", "greenhouse", errors);
        await Expect(Message(ben, "ann who is there?")).ToBeVisibleAsync();
        await WriteAsync(ben, "ben");
        await Expect(Message(ann, "ben ben")).ToBeVisibleAsync();

        await ann.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(ann.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        lock (errors) Assert.Empty(errors);
        Assert.Equal(0, await process.SignalAsync("TERM"));
    }

    private static async Task<IPage> SignInAsync(
        IBrowserContext context, Uri url, string user, string password, List<string> errors)
    {
        var tab = await context.NewPageAsync();
        tab.Console += (_, line) =>
        {
            if (line.Type == "error") lock (errors) errors.Add(line.Text);
        };
        await tab.GotoAsync(url.AbsoluteUri); // which leads to the sign-in
        await tab.GetByLabel("User").FillAsync(user);
        await tab.GetByLabel("Password").FillAsync(password);
        await tab.GetByLabel("Password").PressAsync("Enter");
        await Expect(tab.Locator("#state")).ToHaveTextAsync("Connected");
        return tab;
    }

    private static async Task WriteAsync(IPage tab, string text)
    {
        await tab.Locator("#text").FillAsync(text);
        await tab.Locator("#text").PressAsync("Enter");
    }

    private static ILocator Message(IPage tab, string text) =>
        tab.Locator("#messages li:not(.pending)", new() { HasText = text });
}
