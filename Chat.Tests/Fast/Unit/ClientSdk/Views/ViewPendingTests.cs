using System.Diagnostics;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk.Reading;

namespace Chat.Tests.Unit.ClientSdk.Views;

/// <summary>Messages that are not stored yet, in a view.</summary>
public sealed class ViewPendingTests : ViewScene
{
    [Fact]
    public async Task A_pending_message_is_shown_until_its_entry_comes()
    {
        var outbox = new PendingScript();
        _client.PendingMessages = outbox;
        outbox.Set(Pending("a"), Pending("b"), Pending("c"));
        _link.Store(Drafts.Message(Room, sender: "me", dedupeKey: "a"));
        await using var view = await OpenAsync(new());
        Assert.Equal(["b", "c"], view.State.Pending.Select(message => message.DedupeKey));

        _link.Append(Drafts.Message(Room, sender: "ann", dedupeKey: "b")); // somebody else's key
        _link.Append(Drafts.Message(Room, sender: "me", dedupeKey: "c"));
        await UntilAsync(() => view.State.Messages.Count == 3);
        Assert.Equal(["b"], view.State.Pending.Select(message => message.DedupeKey));

        var failed = Pending("b") with { Failure = ServerScript.Refusal(ChatErrorCode.RateLimited) };
        outbox.Set(failed);
        Assert.Equal([failed], view.State.Pending);
        outbox.Set(Pending("d"), Pending("d")); // an application that gives a key twice has one message
        Assert.Single(view.State.Pending);
        outbox.Set();
        Assert.Empty(view.State.Pending);
    }

    [Fact]
    public async Task A_long_list_that_changes_often_is_read_only_when_somebody_looks()
    {
        var outbox = new PendingScript();
        _client.PendingMessages = outbox;
        await using var view = await OpenAsync(new());
        await UntilAsync(() => view.State.OwnReadPosition is not null);
        await SettleAsync(view);
        var before = outbox.Asked;

        for (var i = 1; i <= 1_000; i++) outbox.Set(Pending($"{i}"));

        Assert.Equal(before, outbox.Asked);
        Assert.Equal("1000", Assert.Single(view.State.Pending).DedupeKey);
        await UntilAsync(() => _screen.Waiting > 0);
        _screen.RunAll();
        Assert.Equal("1000", Assert.Single(view.Shown.Pending).DedupeKey);
        Assert.Equal(before + 1, outbox.Asked);
    }

    private static OptimisticMessage Pending(string key) => new(Room, key, "hello", null, Drafts.Noon);
}
