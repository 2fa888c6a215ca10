using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>A real nginx publishes the server at <c>/chat/</c>, as docs/operations.md shows it: with the path taken off
/// requests, and with the path left there.</summary>
[Collection(WebTests.Name)]
public sealed partial class BelowPathTests(WebSite site)
{
    private const string Path = "/chat";

    /// <summary>The server's <c>Chat:Server:PathBase</c>, and which of the two locations of the guide nginx
    /// has.</summary>
    public static TheoryData<string, int> Ways => new() { { "", 0 }, { Path, 1 } };

    [BelowPathTheory]
    [MemberData(nameof(Ways))]
    public async Task The_web_app_and_both_transports_work_there(string pathBase, int location)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, pathBase);
        await using var front = await NginxFront.StartAsync(Location(location), server.Url, server.Url);
        await using var visitor = await site.VisitorAsync("ann", new Uri(front.Url, Path + "/"));
        await using var client = await ChatClient.ConnectAsync(
            ChatClientOptions.ForServer(new Uri(front.Url, Path)) with { UserId = UserId.Parse("ben") });
        await using var raw = await RawClient.OpenAsync(front.Url, "user_id=cem&features=seq",
            Path + "/api/v1/chat/ws");
        await raw.UntilAsync("connected");

        await client.SendAsync(ConversationId.Lobby, "hello below a path");
        await visitor.SeesAsync("hello below a path");
        await visitor.SendAsync("and back");
        await foreach (var entry in client.ReadAsync(ConversationId.Lobby, after: 1))
        {
            entry.Should().BeOfType<MessageEntry>().Which.Body.Should().Be("and back");
            break;
        }
        using var http = new HttpClient { BaseAddress = front.Url };
        using var joined = await http.PostAsJsonAsync(Path + "/api/join", new { client_id = "dora" });
        joined.StatusCode.Should().Be(HttpStatusCode.OK);
        await visitor.HadNoTroubleAsync();
    }

    [BelowPathTheory]
    [MemberData(nameof(Ways))]
    public async Task Operators_sign_in_there_and_their_pages_find_their_parts(string pathBase, int location)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, pathBase);
        await using var front = await NginxFront.StartAsync(Location(location), server.OperatorsUrl,
            server.OperatorsUrl);
        await using var context = await site.NewContextAsync();
        var page = await context.NewPageAsync();

        // Who is not signed in is sent to the page for it, and back, from any depth.
        await page.GotoAsync(new Uri(front.Url, $"{Path}/docs/index.html").ToString());
        await page.GetByLabel("Key").FillAsync(TestServer.OperatorsKey);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.Locator(".opblock-get").Filter(new LocatorFilterOptions { HasText = "/health/live" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try it out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Execute" }).ClickAsync();
        await Expect(page.Locator(".live-responses-table")).ToContainTextAsync("\"status\": \"ok\"");

        foreach (var address in (string[])["/operators", "/operators/", "/operators/operators.html"])
        {
            await page.GotoAsync(new Uri(front.Url, Path + address).ToString());
            await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Background tasks" }).ClickAsync();
            await Expect(page.Locator(".queue").First).ToBeVisibleAsync();
        }
        await page.GotoAsync(new Uri(front.Url, Path + "/tasks/").ToString());
        await Expect(page.Locator(".queue").First).ToBeVisibleAsync();
    }

    [BelowPathTheory]
    [InlineData("/chat")]
    [InlineData("/chat/")]
    public async Task A_server_that_knows_its_path_is_found_with_and_without_a_slash_at_the_end(string address)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, Path);
        await using var visitor = await site.VisitorAsync("ann", new Uri(server.Url, address));
        visitor.Page.Url.Should().StartWith(new Uri(server.Url, "/chat/").ToString());
        // Probes and other instances need no path.
        (await server.Http.GetStringAsync("/health/ready")).Should().Be("""{"status":"ready"}""");
        await visitor.HadNoTroubleAsync();
    }

    private static Task<TestServer> StartAsync(TestDatabase database, string pathBase) =>
        TestServer.StartAsync(database.Settings, ("Chat:Server:PathBase", pathBase));

    private static string Location(int number) => Blocks()
        .Matches(File.ReadAllText(System.IO.Path.Combine(Repository.Root, "docs", "operations.md")))[number]
        .Groups["location"].Value;

    [GeneratedRegex("```nginx\n(?<location>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
