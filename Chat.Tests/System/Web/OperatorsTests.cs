using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;
using Microsoft.Extensions.DependencyInjection;
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
        await using var context = await site.NewContextAsync();
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
        await using var context = await site.NewContextAsync();
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
    public async Task The_page_shows_what_an_observer_failed_with_and_moves_it()
    {
        var (seen, isBroken) = (new SeenEntries(), true);
        seen.OnCall = (_, _) => Volatile.Read(ref isBroken) ? throw new IOException("no room") : Task.CompletedTask;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            services => services.AddSingleton(seen).AddObserver<SeenObserver>("orders"));
        ConversationId room;
        await using (var ann = await server.ConnectHubAsync("ann"))
            room = (await ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;
        await using var context = await site.NewContextAsync();
        var (page, problems) = await OpenAsync(context, new Uri(server.OperatorsUrl,
            $"/operators?to=%2Ftasks#{TestServer.OperatorsKey}"));

        await Expect(page.Locator("#observers")).ToContainTextAsync("orders");
        await Expect(page.Locator("#parked")).ToContainTextAsync("no room");
        await Expect(page.Locator("#parked")).ToContainTextAsync(room.Value.ToString());
        await Axe.FindsNothingAsync(page, "tasks with observers");
        Volatile.Write(ref isBroken, false);
        await seen.HasAsync(all => all.At(room) == 1);
        seen.Forget();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Rewind the observer orders" })
            .ClickAsync();
        await Axe.FindsNothingAsync(page, "rewind");
        await page.GetByLabel("Only the conversation").FillAsync(room.Value.ToString());
        await page.Locator("#rewind").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Rewind" })
            .ClickAsync();

        await seen.HasAsync(all => all.At(room) == 1);
        await Expect(page.Locator("#parked")).ToBeEmptyAsync();
        Assert.Empty(problems);
    }

    [ChromiumFact]
    public async Task The_API_page_tries_requests_under_its_content_policy()
    {
        var server = await site.ServerAsync();
        await using var context = await site.NewContextAsync();
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

    private sealed class SeenObserver(SeenEntries seen) : IChatObserver
    {
        public Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct) =>
            seen.ShowAsync(entries, ct);
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
