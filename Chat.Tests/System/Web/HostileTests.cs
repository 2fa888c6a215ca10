using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Text is text, whatever it says.</summary>
[Collection(WebTests.Name)]
public sealed class HostileTests(WebSite site)
{
    private static readonly string[] Texts =
    [
        "<script>globalThis.broken = true</script>",
        "<img src=x onerror=\"globalThis.broken = true\">",
        "</li></ol></div><h1>Gone</h1><style>* { display: none }</style>",
        "javascript:globalThis.broken=true and JAVASCRIPT://x and data:text/html,<b>x</b>",
        "https://user:password@evil.example/ and http://[broken and https://",
        "${alert(1)} {{constructor.constructor('globalThis.broken=true')()}} %3Cscript%3E",
        "\u202Egnirts desrever \u2066 and \u2069 and a\u0300\u0301\u0302\u0303\u0304",
        "مرحبا <b>بالعالم</b>",
        "`<i>` ```<script>globalThis.broken = true</script>``` and ``` not closed",
        "__proto__ constructor toString",
    ];

    private static readonly (string Text, string Shown)[] Marked =
    [
        ("**<b>bold</b>** *<i>* ~~<style>~~ [x](javascript:broken) ![x](https://a.example/)",
            "<b>bold</b> <i> <style> [x](javascript:broken) ![x](https://a.example/)"),
        ("- <li>\n> </blockquote>\n1. </ol>", "<li></blockquote></ol>"),
    ];

    private static readonly (string Text, string Parts)[] Parts =
    [
        ("plain", "text:plain"),
        ("see https://a.example/x.", "text:see |link:https://a.example/x|text:."),
        ("(https://a.example/b_(c))", "text:(|link:https://a.example/b_(c)|text:)"),
        ("ftp://a.example javascript:x", "text:ftp://a.example javascript:x"),
        ("https://me:pw@a.example", "text:https://me:pw@a.example"),
        ("run `dotnet test` now", "text:run |code:dotnet test|text: now"),
        ("`https://a.example`", "code:https://a.example"),
        ("a ```\nx = 1\ny\n``` b", "text:a |block:x = 1\ny|text:b"),
        ("```cs\nvar x;\n```", "block:var x;"),
        ("``````", "text:``````"),
        ("__proto__ and 2*3*4", "text:__proto__ and 2*3*4"),
    ];

    [ChromiumFact]
    public async Task Hostile_text_is_shown_as_it_is_and_breaks_nothing()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        var author = TransportSpec.Unique("<b onclick=alert(1)>");
        await using var friend = await server.ConnectHubAsync(author);
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "<u>Title</u>" })).Id;
        foreach (var text in Texts.Concat(Marked.Select(one => one.Text))) await friend.SendAsync(conversation, text);
        await friend.SendAsync(conversation, null, new SendOptions { AttachmentUrl = "https://files.example/a.png" });
        await friend.SendAsync(conversation, new string('W', 60_000));
        await friend.SendAsync(conversation, string.Join('\n', Enumerable.Range(0, 500).Select(i => $"line {i}")));
        await friend.SendAsync(conversation, "see https://example.org/a_(b)?c=<d> now");

        await using var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("<u>Title</u>");
        await Expect(visitor.Page.Locator(".sender").First).ToHaveTextAsync(author);
        await visitor.SeesAsync("see https://example.org/a_(b)?c=<d> now");
        var shown = await visitor.Page.Locator("#messages .text").AllTextContentsAsync();
        Assert.All(Texts.Where(text => !text.Contains('`', StringComparison.Ordinal)),
            text => Assert.Single(shown, text));
        Assert.All(Marked, one => Assert.Single(shown, one.Shown));

        var links = await visitor.Page.Locator("#messages a")
            .EvaluateAllAsync<string[]>("links => links.map(link => `${link.href} ${link.rel} ${link.target}`)");
        Assert.Equal(
            ["https://a.example/ noopener noreferrer nofollow _blank",
                "https://files.example/a.png noopener noreferrer nofollow _blank",
                "https://example.org/a_(b)?c= noopener noreferrer nofollow _blank"], links);
        Assert.Equal(0,
            await visitor.Page.Locator("#messages").Locator("script, img, style, b, u, i, h1").CountAsync());
        Assert.False(await visitor.Page.EvaluateAsync<bool>("'broken' in globalThis"));
        Assert.False(await visitor.Page.Locator("#messages")
            .EvaluateAsync<bool>("scroller => scroller.scrollWidth > scroller.clientWidth"));

        // Long text is folded, and opens.
        var longest = visitor.Page.Locator("#messages article", new() { HasText = "line 0" });
        Assert.DoesNotContain("line 400", await longest.InnerTextAsync(), StringComparison.Ordinal);
        await WebSite.PictureAsync(visitor.Page, "hostile");
        await longest.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(longest).ToContainTextAsync("line 499");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Marks_are_shown_and_code_can_be_copied()
    {
        const string text = "**Bold** _slanted_ ~~gone~~\n> said\n- one\n  1. deep\n- two\n"
            + "```\nlet a = 1;\n  b();\n```";
        var user = TransportSpec.Unique("ann");
        var server = await site.ServerAsync();
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Marks" })).Id;
        await using var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        await visitor.SendAsync(text);
        var message = visitor.Page.Locator("#messages li[data-seq] .text").Last;
        await Expect(message.Locator("strong")).ToHaveTextAsync("Bold");
        await Expect(message.Locator("em")).ToHaveTextAsync("slanted");
        await Expect(message.Locator("s")).ToHaveTextAsync("gone");
        await Expect(message.Locator("blockquote")).ToHaveTextAsync("said");
        await Expect(message.Locator("ul > li")).ToHaveCountAsync(2);
        await Expect(message.Locator("ul > li > ol > li")).ToHaveTextAsync("deep");

        await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await message.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(message.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Copied" }))
            .ToBeVisibleAsync();
        Assert.Equal("let a = 1;\n  b();",
            await visitor.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        // The text is stored with its marks, as it was typed.
        var log = await friend.HistoryAsync(conversation, new HistoryQuery { Limit = 5 });
        Assert.Equal(text, log.Entries.OfType<Chat.Contracts.Entries.MessageEntry>().Last().Body);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Text_is_divided_into_parts()
    {
        var server = await site.ServerAsync();
        await using var visitor = await site.VisitorAsync("");
        var parts = await visitor.Page.EvaluateAsync<string[]>(
            "async ([at, ...texts]) => { const { parts } = await import(at); return texts.map(text => "
                + "parts(text).map(part => `${part.kind}:${part.text}`).join('|')); }",
            new[] { new Uri(server.Url, "/app/text.js").ToString() }.Concat(Parts.Select(one => one.Text)));
        Assert.Equal(Parts.Select(one => one.Parts), parts);
    }
}
