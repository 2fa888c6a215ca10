using Chat.Tests.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The operators' pages in a browser, under their content policy.</summary>
[Collection(WebTests.Name)]
public sealed class OperatorsTests(WebSite site)
{
    [ChromiumFact]
    public async Task The_link_of_the_log_leads_to_all_that_is_there_for_operators()
    {
        var server = await site.ServerAsync();
        await using var context = await NewContextAsync();
        var (page, problems) = await OpenAsync(context, new Uri(server.OperatorsUrl,
            $"/operators#{TestServer.OperatorsKey}"));
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Background tasks" }))
            .ToBeVisibleAsync();
        Assert.DoesNotContain(TestServer.OperatorsKey, page.Url, StringComparison.Ordinal);
        await Axe.FindsNothingAsync(page, "operators");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Background tasks" }).ClickAsync();
        await Expect(page.Locator(".queue").First).ToBeVisibleAsync();
        Assert.Empty(problems);
    }

    [ChromiumFact]
    public async Task A_visitor_without_the_key_is_asked_for_it_and_goes_on_from_there()
    {
        var server = await site.ServerAsync();
        await using var context = await NewContextAsync();
        var (page, problems) = await OpenAsync(context, new Uri(server.OperatorsUrl, "/tasks"));
        await Axe.FindsNothingAsync(page, "operators sign-in");
        await page.GetByLabel("Key").FillAsync(TestServer.OperatorsKey + "x");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the operators' key");
        await page.GetByLabel("Key").FillAsync(TestServer.OperatorsKey);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator(".queue").First).ToBeVisibleAsync();
        Assert.All(problems, problem => Assert.Contains("status of 401", problem, StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task The_API_page_tries_requests_under_its_content_policy()
    {
        var server = await site.ServerAsync();
        await using var context = await NewContextAsync();
        var (page, problems) = await OpenAsync(context, new Uri(server.OperatorsUrl,
            $"/operators?to=%2Fdocs#{TestServer.OperatorsKey}"));
        var health = page.Locator(".opblock-get").Filter(new LocatorFilterOptions { HasText = "/health/live" });
        await health.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try it out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Execute" }).ClickAsync();
        await Expect(page.Locator(".live-responses-table")).ToContainTextAsync("\"status\": \"ok\"");
        // Swagger UI has a style or two inline. They are refused, and it works without them.
        Assert.All(problems, problem => Assert.StartsWith("Applying inline style", problem, StringComparison.Ordinal));
    }

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await (await site.BrowserAsync()).NewContextAsync();
        context.SetDefaultTimeout(Chromium.Wait);
        SetDefaultExpectTimeout(Chromium.Wait);
        return context;
    }

    /// <returns>The page, and what it complains of from now on: its policy is among it.</returns>
    private static async Task<(IPage Page, List<string> Problems)> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = await context.NewPageAsync();
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") problems.Add(message.Text);
        };
        page.PageError += (_, error) => problems.Add(error);
        await page.GotoAsync(address.ToString());
        return (page, problems);
    }
}
