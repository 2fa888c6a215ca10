using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>What somebody is told of: once, and not of what is muted, read already, or not for them.</summary>
[Collection(WebTests.Name)]
public sealed class AttentionTests(WebSite site)
{
    // Nobody looks. What would be shown is noted, and what was decided: by this tab or by another.
    private const string Away =
        """
        localStorage.setItem('chat.notify', 'on');
        globalThis.shown = [];
        globalThis.Notification = class {
          static permission = 'granted';
          constructor(title, options) { shown.push(options.body); }
          close() {}
        };
        document.hasFocus = () => false;
        globalThis.decided = 0;
        const request = LockManager.prototype.request;
        LockManager.prototype.request = function (name, options, grant) {
          if (!name.startsWith('chat-notification')) return request.call(this, name, options, grant);
          return request.call(this, name, options, lock => {
            const held = grant(lock);
            decided++;
            return held;
          });
        };
        """;

    [ChromiumFact]
    public async Task Notifications_come_once_by_one_tab_and_not_of_what_is_muted_or_names_nobody()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        await using var phone = await server.ConnectHubAsync(user);
        var muted = await WritingTests.GroupAsync(friend, user, "Muted");
        var heard = await WritingTests.GroupAsync(friend, user, "Heard");
        await phone.SetMutedAsync(muted, true);
        await using var visitor = await site.VisitorAsync(user);
        await visitor.Context.AddInitScriptAsync(Away);
        await visitor.Page.ReloadAsync();
        var second = await visitor.OpenTabAsync();
        foreach (var tab in (IPage[])[visitor.Page, second]) await WebVisitor.HasListAsync(tab);

        await friend.SendAsync(muted, "quiet please");
        await friend.SendAsync(ConversationId.Lobby, $"{user}ette is somebody else");
        await friend.SendAsync(ConversationId.Lobby, $"are you there, {user}?");
        await friend.SendAsync(heard, "to be shown");
        string[] expected = [$"are you there, {user}?", "to be shown"];
        await ShownAsync(2, expected);
        await Expect(visitor.Page.Locator(".entry.muted", new() { HasText = "Muted" })).ToBeVisibleAsync();

        // Read on the phone while this browser was away: the next message is shown, that one never.
        visitor.ConnectionMayBreak = true;
        await visitor.Context.SetOfflineAsync(true);
        foreach (var tab in (IPage[])[visitor.Page, second])
            await Expect(tab.Locator("[data-connection=live]")).ToHaveCountAsync(0);
        await friend.SendAsync(heard, "read elsewhere");
        await phone.MarkReadAsync(heard, 3);
        await visitor.Context.SetOfflineAsync(false);
        foreach (var tab in (IPage[])[visitor.Page, second])
            await Expect(tab.Locator(".entry", new() { HasText = "read elsewhere" })).ToBeVisibleAsync();
        await friend.SendAsync(heard, "the next one");
        await ShownAsync(3, [.. expected, "the next one"]);

        async Task ShownAsync(int decided, string[] all)
        {
            foreach (var tab in (IPage[])[visitor.Page, second])
                await tab.WaitForFunctionAsync("count => decided >= count", decided);
            var shown = new List<string>();
            foreach (var tab in (IPage[])[visitor.Page, second])
                shown.AddRange(await tab.EvaluateAsync<string[]>("shown"));
            Assert.Equal(all.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        }
    }

    [ChromiumFact]
    public async Task Unread_messages_are_those_of_others_and_one_can_mute_a_conversation()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        await using var phone = await server.ConnectHubAsync(user);
        var conversation = await WritingTests.GroupAsync(friend, user, "Counted");
        await using var visitor = await site.VisitorAsync(user);
        var entry = visitor.Page.Locator(".entry", new() { HasText = "Counted" });
        await Expect(entry).ToContainTextAsync("started the conversation");
        await Expect(entry.Locator(".badge")).ToHaveCountAsync(0);

        await friend.SendAsync(conversation, "one");
        await friend.SendAsync(conversation, "two");
        await phone.SendAsync(conversation, "mine, from the phone");
        await friend.AddParticipantsAsync(conversation, [UserId.Parse(TransportSpec.Unique("cem"))]);
        await Expect(entry).ToContainTextAsync("added");
        await Expect(entry.Locator(".badge .hidden-text")).ToHaveTextAsync("2 unread");
        await visitor.Page.ReloadAsync();
        await Expect(entry.Locator(".badge .hidden-text")).ToHaveTextAsync("2 unread");
        await Expect(entry).ToHaveClassAsync("entry unread");

        await entry.ClickAsync();
        await Expect(entry.Locator(".badge")).ToHaveCountAsync(0);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Mute", Exact = true }).ClickAsync();
        await Expect(entry).ToHaveClassAsync("entry muted");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Unmute" }).ClickAsync();
        await Expect(entry).ToHaveClassAsync("entry");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_group_is_called_after_who_is_in_it_now()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        var (bea, cem) = (TransportSpec.Unique("bea"), TransportSpec.Unique("cem"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = await WritingTests.GroupAsync(friend, user, null);
        await friend.AddParticipantsAsync(conversation, [UserId.Parse(bea)]);
        await using var visitor = await site.VisitorAsync(user);
        var name = visitor.Page.Locator(".entry .name", new() { HasText = bea });
        await Expect(name).ToBeVisibleAsync();

        // While it is not open, and while it is.
        await friend.AddParticipantsAsync(conversation, [UserId.Parse(cem)]);
        await Expect(name).ToContainTextAsync(cem);
        await visitor.OpenAsync(conversation);
        await friend.RemoveParticipantAsync(conversation, UserId.Parse(bea));
        await Expect(visitor.Page.Locator(".head h2")).Not.ToContainTextAsync(bea);
        await Expect(visitor.Page.Locator(".head h2")).ToContainTextAsync(cem);
        await visitor.Page.EvaluateAsync(
            "id => localStorage.setItem(`chat.people.${id}`, '{broken')", conversation.ToString());
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator(".head h2")).ToContainTextAsync(cem);
        await Expect(visitor.Page.Locator(".head h2")).Not.ToContainTextAsync(bea);
        await visitor.HadNoTroubleAsync();
    }
}
