using System.Net;
using System.Text.RegularExpressions;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Packages;

/// <summary>samples/EmbeddedChat, built from the packages and used as its users use it.</summary>
public sealed partial class EmbeddedSampleTests
{
    [Fact]
    public async Task A_shop_signs_people_in_and_they_talk_about_their_orders()
    {
        await using var app = await PackedApplication.OfFolderAsync("samples/EmbeddedChat");
        await app.PublishAsync();
        var (process, url) = await app.StartAsync();
        await using var _ = process;
        using var nobody = new ShopVisitor(url);
        Assert.Equal(HttpStatusCode.Unauthorized, await nobody.StatusAsync("chat/api/v1/me"));
        Assert.Contains("<h1>Sign in</h1>", await nobody.GetAsync(""), StringComparison.Ordinal);

        using var ann = await ShopVisitor.SignInAsync(url, "ann", "wonderland");
        Assert.Contains("<h1>The shop</h1>", await ann.PostAsync("orders", ("item", "a <lamp>")),
            StringComparison.Ordinal);
        var page = await ann.GetAsync("");
        Assert.Contains("a &lt;lamp&gt;", page, StringComparison.Ordinal);
        var room = new ConversationId(Guid.Parse(Room().Match(page).Groups[1].Value));

        await using var hub = await ann.ConnectAsync();
        await Eventually.HoldsAsync(
            async () => await LastAsync(hub, room) == "shop: Thank you! \"a <lamp>\" is ordered.");
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(
            () => hub.SendAsync(room, "take 4111 1111 1111 1111"));
        Assert.Equal((ChatErrorCode.Forbidden, "card_number"), (refused.Code, refused.Error.Reason));
        await hub.SendAsync(room, "where is it?");
        await ann.UntilPageAsync("<q>where is it?</q>");

        using var clerk = await ShopVisitor.SignInAsync(url, "clerk", "counter");
        var action = Shipping().Match(await clerk.GetAsync("")).Groups[1].Value;
        Assert.Equal(HttpStatusCode.Found, await ann.PostStatusAsync(action)); // no clerk: to the page that says so
        await clerk.PostAsync(action);
        await Eventually.HoldsAsync(async () => await LastAsync(hub, room) == "shop: It has left our house.");
        await ann.UntilPageAsync("is shipped: <q>It has left our house.</q>");
        Assert.Equal(0, await process.SignalAsync("TERM"));
    }

    private static async Task<string?> LastAsync(ChatHubConnection hub, ConversationId room)
    {
        var history = await hub.HistoryAsync(room, new HistoryQuery());
        return history.Entries.OfType<MessageEntry>().LastOrDefault() is { } last
            ? $"{last.SenderId}: {last.Body}" : null;
    }

    [GeneratedRegex("/chat/#/c/([0-9a-f-]{36})")]
    private static partial Regex Room();

    [GeneratedRegex("action=\"/(orders/[0-9a-f-]{36}/shipping)\"")]
    private static partial Regex Shipping();
}
