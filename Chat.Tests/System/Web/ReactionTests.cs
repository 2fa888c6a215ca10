using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Users react to messages, with a mouse, with a finger and with the keyboard.</summary>
[Collection(WebTests.Name)]
public sealed class ReactionTests(WebSite site)
{
    private static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new ViewportSize { Width = 320, Height = 640 }, HasTouch = true, IsMobile = true,
    };

    [ChromiumFact]
    public async Task A_reaction_is_shown_to_everybody_and_taken_back_by_a_second_click()
    {
        await using var scene = await Scene.ArriveAsync(site);
        await using var bea = await scene.VisitAsync(scene.Bea);
        var (page, other) = (scene.Visitor.Page, bea.Page);
        await page.Locator("#messages article.message").Last.HoverAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "React with 👍" }).ClickAsync();
        await Expect(Chip(page, "👍")).ToHaveAccessibleNameAsync("👍, 1 reaction, yours is among them");
        await Expect(Chip(other, "👍")).ToHaveAccessibleNameAsync("👍, 1 reaction");
        await Chip(other, "👍").ClickAsync();
        await Expect(Chip(page, "👍")).ToHaveAccessibleNameAsync("👍, 2 reactions, yours is among them");
        await Expect(Chip(other, "👍")).ToHaveClassAsync("chip mine");
        await Axe.FindsNothingAsync(other, "reactions");
        await WebSite.PictureAsync(other, "reactions");

        // Names are asked for when somebody points there, and Escape takes them away.
        await Chip(other, "👍").HoverAsync();
        await Expect(other.Locator(".by-whom")).ToContainTextAsync(scene.Ann);
        await Expect(other.Locator(".by-whom")).ToContainTextAsync("reacted with 👍");
        await other.Mouse.MoveAsync(5, 5);
        await Expect(other.Locator(".by-whom")).ToHaveCountAsync(0);
        await Chip(other, "👍").FocusAsync();
        await other.Keyboard.PressAsync("Tab");
        await other.Keyboard.PressAsync("Shift+Tab");
        await Expect(other.Locator(".by-whom")).ToContainTextAsync("You and ");
        await other.Keyboard.PressAsync("Escape");
        await Expect(other.Locator(".by-whom")).ToHaveCountAsync(0);

        // They are still there after a reload, and whose they are.
        await page.ReloadAsync();
        await Expect(Chip(page, "👍")).ToHaveAccessibleNameAsync("👍, 2 reactions, yours is among them");
        await Chip(page, "👍").ClickAsync();
        await Expect(Chip(other, "👍")).ToHaveAccessibleNameAsync("👍, 1 reaction, yours is among them");
        await Chip(other, "👍").ClickAsync();
        await Expect(page.Locator(".chips")).ToHaveCountAsync(0);
        await Expect(other.Locator(".chips")).ToHaveCountAsync(0);
        await scene.Visitor.HadNoTroubleAsync();
        await bea.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task The_picker_is_searched_and_walked_with_keys_and_remembers_tone_and_what_was_used()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var page = scene.Visitor.Page;
        await scene.OpenPickerAsync();
        var search = page.Locator(".picker input[type=search]");
        await Expect(search).ToBeFocusedAsync();
        await Axe.FindsNothingAsync(page, "picker");
        await WebSite.PictureAsync(page, "picker");
        await page.Keyboard.TypeAsync("rocket");
        await Expect(page.Locator(".picker .emojis button").First).ToHaveAccessibleNameAsync("rocket");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".picker")).ToHaveCountAsync(0);
        await Expect(page.Locator("article .acts").Last).ToBeFocusedAsync();
        await Expect(Chip(page, "🚀")).ToHaveAccessibleNameAsync("🚀, 1 reaction, yours is among them");

        // What was used last comes first. Arrows go through the emoji, letters back to the search, Escape out.
        await scene.OpenPickerAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        var first = page.Locator(".picker .emojis button").First;
        await Expect(first).ToBeFocusedAsync();
        await Expect(first).ToHaveAccessibleNameAsync("rocket");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".picker [data-group=smileys] [data-emoji]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(first).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(search).ToBeFocusedAsync();
        await page.Locator(".tones label").Nth(4).ClickAsync();
        await search.FillAsync("waving hand");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Chip(page, "👋🏾")).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await scene.OpenPickerAsync();
        await Expect(page.Locator(".picker [data-group=recent] [data-emoji]")).ToHaveCountAsync(2);
        await Expect(page.Locator(".picker .tones input").Nth(4)).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".picker")).ToHaveCountAsync(0);
        await scene.Visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task What_is_refused_is_taken_back_and_says_why()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var page = scene.Visitor.Page;
        string[] most = ["👍", "🎉", "👀", "🚀", "🔥", "💯", "✅", "🙏"];
        await using (var ann = await (await site.ServerAsync()).ConnectHubAsync(scene.Ann))
            await ann.SetReactionsAsync(scene.Conversation, scene.Message, most);
        await Expect(page.Locator(".chip.mine")).ToHaveCountAsync(8);
        await page.Locator("#messages article.message").Last.HoverAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "React with 😂" }).ClickAsync();
        await Expect(page.Locator(".state.failed")).ToContainTextAsync("at most 8 reactions");
        await Axe.FindsNothingAsync(page, "refused reaction");
        await page.Locator(".state.failed button").ClickAsync();
        await Expect(page.Locator(".state.failed")).ToHaveCountAsync(0);

        await scene.Owner.SetRoleAsync(scene.Conversation,
            new SetRole { UserId = UserId.Parse(scene.Ann), Role = ParticipantRole.Readonly });
        await Expect(page.Locator(".note").Last).ToContainTextAsync("muted");
        await Chip(page, "🔥").ClickAsync();
        await Expect(page.Locator(".state.failed")).ToContainTextAsync("Your reaction was not saved");
        await Expect(Chip(page, "🔥")).ToHaveAccessibleNameAsync("🔥, 1 reaction, yours is among them");
        await WebSite.PictureAsync(page, "refused-reaction");
        await page.ReloadAsync();
        await Expect(page.Locator(".chip.mine")).ToHaveCountAsync(8);
        await Expect(page.Locator(".state.failed")).ToHaveCountAsync(0);
        await scene.Visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Without_a_network_a_reaction_is_shown_and_stored_later()
    {
        await using var scene = await Scene.ArriveAsync(site, proxied: true);
        var page = scene.Visitor.Page;
        scene.Visitor.ConnectionMayBreak = true;
        await page.Locator("#messages article.message").Last.HoverAsync();
        var quick = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "React with 👍" });
        await Expect(quick).ToBeVisibleAsync();
        scene.Proxy!.Refuse();
        scene.Proxy.Cut();
        await scene.Visitor.SeesConnectionAsync("offline");
        await Expect(page.Locator(".banner.bad")).ToBeVisibleAsync();
        await page.Locator("#messages article.message").Last.HoverAsync(); // the banner moved it
        await quick.ClickAsync();
        await Expect(Chip(page, "👍")).ToHaveAccessibleNameAsync("👍, 1 reaction, yours is among them");
        scene.Proxy.Accept();
        await using var bea = await scene.VisitAsync(scene.Bea);
        await Expect(Chip(bea.Page, "👍")).ToHaveAccessibleNameAsync("👍, 1 reaction");
        await Expect(Chip(page, "👍")).ToHaveAccessibleNameAsync("👍, 1 reaction, yours is among them");
        await bea.HadNoTroubleAsync();
        await scene.Visitor.HadNoTroubleAsync();
    }

    [ChromiumTheory]
    [InlineData("en", "ltr", ColorScheme.Light)]
    [InlineData("de", "ltr", ColorScheme.Dark)]
    [InlineData("en", "rtl", ColorScheme.Dark)]
    public async Task A_finger_on_a_small_screen_reacts_and_sees_who(
        string language, string direction, ColorScheme look)
    {
        var options = new BrowserNewContextOptions(Phone)
        {
            Locale = language, ColorScheme = look, ForcedColors = direction == "rtl" ? ForcedColors.Active : null,
            ReducedMotion = ReducedMotion.Reduce,
        };
        await using var scene = await Scene.ArriveAsync(site, options);
        var page = scene.Visitor.Page;
        await page.EvaluateAsync($"document.documentElement.dir = '{direction}'");
        await page.Locator("article .acts").Last.TapAsync();
        await Axe.FindsNothingAsync(page, $"{language} {direction} menu");
        await WebSite.PictureAsync(page, $"reactions-menu-{language}-{direction}");
        await page.Locator(".menu .quick button").First.TapAsync();
        await Expect(Chip(page, "👍")).ToHaveCountAsync(1);
        await page.Locator(".chip.more").TapAsync();
        await Expect(page.Locator(".picker .emojis button").First).ToBeInViewportAsync();
        await Axe.FindsNothingAsync(page, $"{language} {direction} picker");
        await WebSite.PictureAsync(page, $"picker-{language}-{direction}");
        await page.Locator(".picker [data-emoji='😀']").TapAsync();
        await Expect(Chip(page, "😀")).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page is wider than the screen");

        // A long press says who, and does not react.
        var chip = await Chip(page, "😀").BoundingBoxAsync();
        var session = await scene.Visitor.Context.NewCDPSessionAsync(page);
        var at = new[] { new { x = chip!.X + chip.Width / 2, y = chip.Y + chip.Height / 2 } };
        await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchStart", ["touchPoints"] = at });
        await Expect(page.Locator(".by-whom")).ToContainTextAsync(language == "de" ? "Du" : "You");
        await session.SendAsync("Input.dispatchTouchEvent",
            new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await WebSite.PictureAsync(page, $"reactions-who-{language}-{direction}");
        await Expect(page.Locator(".chip.mine")).ToHaveCountAsync(2);
        await scene.Visitor.HadNoTroubleAsync();
    }

    private static ILocator Chip(IPage page, string key) => page.Locator($"#messages .chip[data-key='{key}']");

    private sealed class Scene : IAsyncDisposable
    {
        private readonly WebSite _site;

        private Scene(WebSite site) => _site = site;

        public string Ann { get; } = TransportSpec.Unique("ann");

        public string Bea { get; } = TransportSpec.Unique("bea");

        public WebVisitor Visitor { get; private set; } = null!;

        public ClientSdk.ChatHubConnection Owner { get; private set; } = null!;

        public ConversationId Conversation { get; private set; }

        public long Message { get; private set; }

        public FaultProxy? Proxy { get; private set; }

        public static async Task<Scene> ArriveAsync(
            WebSite site, BrowserNewContextOptions? options = null, bool proxied = false)
        {
            var server = await site.ServerAsync();
            var scene = new Scene(site) { Owner = await server.ConnectHubAsync(TransportSpec.Unique("owner")) };
            scene.Conversation = (await scene.Owner.CreateConversationAsync(new CreateConversation
            {
                ParticipantIds = [UserId.Parse(scene.Ann), UserId.Parse(scene.Bea)], Title = "Reactions"
            })).Id;
            scene.Message = (await scene.Owner.SendAsync(scene.Conversation, "Shall we ship it?")).Sequence;
            if (proxied) scene.Proxy = new FaultProxy(server.Url);
            scene.Visitor = await scene.VisitAsync(scene.Ann, options, scene.Proxy?.Address);
            return scene;
        }

        public async Task<WebVisitor> VisitAsync(
            string user, BrowserNewContextOptions? options = null, Uri? address = null)
        {
            var visitor = await _site.VisitorAsync(user, address, options);
            await visitor.OpenAsync(Conversation);
            await visitor.SeesAsync("Shall we ship it?");
            return visitor;
        }

        public async Task OpenPickerAsync()
        {
            await Visitor.Page.Locator("article .acts").Last.ClickAsync();
            await Visitor.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Add a reaction" })
                .ClickAsync();
            await Expect(Visitor.Page.Locator(".picker")).ToBeVisibleAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Visitor.DisposeAsync();
            await Owner.DisposeAsync();
            if (Proxy is not null) await Proxy.DisposeAsync();
        }
    }
}
