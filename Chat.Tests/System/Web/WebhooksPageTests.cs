using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Webhooks on the operators' page.</summary>
[Collection(WebTests.Name)]
public sealed class WebhooksPageTests(WebSite site)
{
    // CH-299, CH-300
    [ChromiumFact]
    public async Task A_disabled_one_is_shown_with_its_reason_enabled_and_told_again()
    {
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Always(Results.StatusCode(StatusCodes.Status410Gone));
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await WebhookSpec.StartAsync(database,
            ("Chat:Webhooks:orders:Url", receiver.Address), ("Chat:Webhooks:orders:Secret", EventReceiver.Secret));
        await using var ann = await server.ConnectHubAsync("ann");
        await ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] });
        await Eventually.HoldsAsync(async () => (await server.Operators.GetStringAsync("/api/v1/admin/webhooks"))
            .Contains("disabled\"", StringComparison.Ordinal));

        await using var context = await site.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") problems.Add(message.Text);
        };
        await page.GotoAsync(new Uri(server.OperatorsUrl, $"/operators#{TestServer.OperatorsKey}").ToString());
        var webhooks = page.Locator("#webhooks");
        await Expect(webhooks).ToContainTextAsync("disabled, since");
        await Expect(webhooks).ToContainTextAsync("127.0.0.1 answered 410: it is gone");
        Assert.DoesNotContain("a-secret-path", await page.ContentAsync(), StringComparison.Ordinal);
        await Axe.FindsNothingAsync(page, "operators with webhooks");

        receiver.Always(null);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable: orders" }).ClickAsync();
        await Expect(webhooks).ToContainTextAsync("working");
        await Eventually.HoldsAsync(() => receiver.Ids.Count == 1);
        await Eventually.HoldsAsync(async () => (await server.Operators.GetStringAsync("/api/v1/admin/webhooks"))
            .Contains("\"entries_behind\":0", StringComparison.Ordinal));
        receiver.Forget();
        await page.GetByLabel("Tell orders again from").FillAsync("2020-01-01T00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell again" }).ClickAsync();
        await Expect(webhooks).ToContainTextAsync("told again from there on");
        await Eventually.HoldsAsync(() => receiver.Ids.Count == 1);
        Assert.Empty(problems);
    }
}
