using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>What somebody writes stays theirs: with an input method, without storage, in two tabs, however long it is,
/// and when it was refused.</summary>
[Collection(WebTests.Name)]
public sealed class WritingTests(WebSite site)
{
    // A key as a browser reports it; says whether the page took it for itself.
    private const string Press =
        """
        ([id, key]) => {
          const { keyCode, ...init } = key;
          const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
          if (keyCode) Object.defineProperty(event, 'keyCode', { get: () => keyCode });
          document.getElementById(id).dispatchEvent(event);
          return event.defaultPrevented;
        }
        """;

    [ChromiumFact]
    public async Task Keys_of_input_methods_and_layouts_are_left_alone()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        await GroupAsync(friend, user, "Zebra");
        await using var visitor = await site.VisitorAsync(user);
        var page = visitor.Page;
        await visitor.Composer.FillAsync("にほんご");
        object[] keys =
        [
            new { key = "Enter", code = "Enter", isComposing = true, keyCode = 229 },
            new { key = "Enter", code = "Enter", isComposing = false, keyCode = 229 }, // Safari
            new { key = "Escape", code = "Escape", isComposing = true, keyCode = 229 },
            new { key = "ń", code = "KeyN", altKey = true },
            new { key = "Dead", code = "KeyN", altKey = true },
            new { key = "ñ", code = "KeyN", altKey = true },
        ];
        foreach (var key in keys)
            Assert.False(await page.EvaluateAsync<bool>(Press, new[] { "composer", key }), $"{key}");
        await Expect(visitor.Composer).ToHaveValueAsync("にほんご");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await page.Locator("#find").FillAsync("zeb");
        await Expect(page.Locator(".entry")).ToHaveCountAsync(1);
        var address = page.Url;
        Assert.False(await page.EvaluateAsync<bool>(Press, new[] { "find", keys[0] }));
        Assert.Equal(address, page.Url);
        Assert.True(await page.EvaluateAsync<bool>(Press, new object[] { "find", new { key = "Enter" } }));
        await Expect(page.Locator(".head h2")).ToHaveTextAsync("Zebra");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumTheory]
    [InlineData("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")]
    [InlineData(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, "
            + "{ get() { throw new DOMException('no', 'SecurityError'); } });")]
    public async Task A_browser_that_refuses_storage_keeps_a_draft_while_the_page_is_there(string refuse)
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = await GroupAsync(friend, user, "Elsewhere");
        await using var visitor = await site.VisitorAsync("");
        await visitor.Context.AddInitScriptAsync(refuse);
        await visitor.Page.ReloadAsync();
        await visitor.Page.Locator("#name").FillAsync(user);
        await visitor.Page.Locator("#name").PressAsync("Enter");
        await visitor.SeesConnectionAsync("live");
        await visitor.Composer.FillAsync("half a thought");
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("Elsewhere");
        await Expect(visitor.Composer).ToHaveValueAsync("");
        await visitor.OpenAsync(ConversationId.Lobby);
        await Expect(visitor.Composer).ToHaveValueAsync("half a thought");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Each_tab_keeps_who_it_is_and_what_it_has_begun_to_write()
    {
        var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
        await using var visitor = await site.VisitorAsync("");
        await NameAsync(visitor.Page, ann);
        var second = await visitor.OpenTabAsync();
        await Expect(second.Locator(".my-name")).ToHaveTextAsync(ann);

        await visitor.Composer.FillAsync("of the first");
        await second.Locator("#composer").FillAsync("of the second");
        await visitor.Page.ReloadAsync();
        await second.ReloadAsync();
        await Expect(visitor.Composer).ToHaveValueAsync("of the first");
        await Expect(second.Locator("#composer")).ToHaveValueAsync("of the second");

        // What another tab sent is not shown as if it were still to be sent.
        var third = await visitor.OpenTabAsync();
        await Expect(third.Locator("#composer")).ToHaveValueAsync("of the second");
        await second.Locator("#composer").PressAsync("Enter");
        await Expect(third.Locator("#composer")).ToHaveValueAsync("");
        await Expect(visitor.Composer).ToHaveValueAsync("of the first");

        await second.Locator("[aria-label='Settings and help']").ClickAsync();
        await second.GetByText("Use another name").ClickAsync();
        await NameAsync(second, bea);
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator(".my-name")).ToHaveTextAsync(ann);
        await second.ReloadAsync();
        await Expect(second.Locator(".my-name")).ToHaveTextAsync(bea);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_text_that_is_too_long_is_told_of_before_it_is_sent_and_kept()
    {
        await using var visitor = await site.VisitorAsync(TransportSpec.Unique("ann"));
        var text = string.Concat(Enumerable.Repeat("lorem ipsum dolor ", 5_000));
        await visitor.Composer.FillAsync(text);
        await Expect(visitor.Page.Locator("#too-long")).ToContainTextAsync("too long: 88 KiB of 64 KiB");
        await visitor.Composer.PressAsync("Enter");
        await Expect(visitor.Composer).ToHaveValueAsync(text);
        await visitor.Composer.FillAsync("short");
        await Expect(visitor.Page.Locator("#too-long")).ToHaveCountAsync(0);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_refused_message_goes_back_to_where_it_was_written()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = await GroupAsync(friend, user, "Refused");
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(user, proxy.Address);
        visitor.ConnectionMayBreak = true;
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("Refused");
        proxy.Refuse();
        proxy.Cut();
        await visitor.SeesConnectionAsync("offline");
        await visitor.SendAsync("not for them");
        await friend.RemoveParticipantAsync(conversation, UserId.Parse(user));
        proxy.Accept();
        await Expect(visitor.Page.Locator(".state.failed")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#announcer")).ToContainTextAsync("Not sent");
        await friend.AddParticipantsAsync(conversation, [UserId.Parse(user)]);
        await Expect(visitor.Composer).ToBeVisibleAsync();
        await visitor.Composer.FillAsync("later words");
        await visitor.Page.Locator(".state.failed").GetByText("Edit").ClickAsync();
        await Expect(visitor.Page.Locator(".pending")).ToHaveCountAsync(0);
        await Expect(visitor.Composer).ToHaveValueAsync("not for them\nlater words");
        await Expect(visitor.Composer).ToBeFocusedAsync();
    }

    internal static async Task<ConversationId> GroupAsync(
        ClientSdk.ChatHubConnection owner, string user, string? title) =>
        (await owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = title })).Id;

    private static async Task NameAsync(IPage page, string name)
    {
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#name").PressAsync("Enter");
        await Expect(page.Locator("[data-connection=live]")).ToBeAttachedAsync();
    }
}
