using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>CH-60 to CH-62: who is shown a signal, and when.</summary>
public sealed class SignalDeliveryTests : IAsyncLifetime
{
    private readonly SignalHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_slow_reader_gets_only_the_newest_when_it_can_take_it_and_its_entries_stay_in_order()
    {
        var slow = await _host.JoinAsync("sue");
        var fast = await _host.JoinAsync("fay"); // comes after sue in every pass
        slow.Block();
        _host.Say("ann");
        Assert.Equal("ann types;", await slow.Writes.NextAsync());
        Assert.Equal("ann types;", await fast.Writes.NextAsync());

        for (var i = 1; i <= 20; i++)
        {
            _host.Say("ann", isTyping: i % 2 == 0);
            Assert.Equal(i % 2 == 0 ? "ann types;" : "ann rests;", await fast.Writes.NextAsync());
            _host.Read("bob", i);
            Assert.Equal($"bob read {i};", await fast.Writes.NextAsync());
            _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
            Assert.Equal($"{i};", await fast.Writes.NextAsync());
        }
        Assert.True(slow.Writes.IsEmpty);
        slow.Unblock();

        var all = string.Concat(Enumerable.Range(1, 20).Select(i => $"{i};"));
        Assert.Equal([all, "ann types;bob read 20;"], await slow.Writes.TakeAsync(2));
        _host.Say("ann", isTyping: false);
        Assert.Equal("ann rests;", await slow.Writes.NextAsync());
    }

    // CH-61
    [Fact]
    public async Task A_removed_user_is_shown_none_not_even_those_that_waited()
    {
        var removed = await _host.JoinAsync("rob");
        var other = await _host.JoinAsync("fay");
        removed.Block();
        _host.Say("ann");
        Assert.Equal("ann types;", await removed.Writes.NextAsync());
        _host.Say("bob");
        await other.Writes.TakeAsync(2); // so rob's waits by now

        _host.Publish(Drafts.Removed(_host.Conversation, "rob"));
        Assert.Equal("1;", await other.Writes.NextAsync());
        _host.Say("cid");
        Assert.Equal("cid types;", await other.Writes.NextAsync());
        removed.Unblock();

        Assert.Equal(["1;", "removed"], await removed.Writes.TakeAsync(2));
        _host.Say("dan");
        Assert.Equal("dan types;", await other.Writes.NextAsync());
        Assert.True(removed.Writes.IsEmpty);
    }

    [Fact]
    public async Task Typing_is_not_shown_to_the_typist_and_read_marks_are_shown_to_all()
    {
        var ann = await _host.JoinAsync("ann");
        var other = await _host.JoinAsync("fay");
        _host.Say("ann");
        Assert.Equal("ann types;", await other.Writes.NextAsync());
        _host.Read("ann", 1);
        Assert.Equal("ann read 1;", await ann.Writes.NextAsync());
        Assert.Equal("ann read 1;", await other.Writes.NextAsync());
    }

    [Fact]
    public async Task A_reader_is_shown_the_kinds_it_wants_and_only_once_it_has_joined()
    {
        var typing = await _host.JoinAsync("tom", SignalKind.Typing);
        var reading = await _host.JoinAsync("rea", SignalKind.Read);
        var presence = await _host.JoinAsync("pia", SignalKind.Presence);
        var watching = await _host.JoinAsync("wim", SignalKind.None);
        var joining = await _host.JoinAsync("joe", active: false);
        watching.Find(_host.Conversation)!.WatchesPresence = true;
        var last = await _host.JoinAsync("fay", SignalKind.Typing | SignalKind.Read | SignalKind.Presence);

        _host.Say("ann");
        Assert.Equal("ann types;", await last.Writes.NextAsync());
        _host.Read("ann", 3);
        Assert.Equal("ann read 3;", await last.Writes.NextAsync());
        _host.Router.Deliver(new PresenceSignal(_host.Conversation, SignalHost.User("ann"), Online: true,
            LastSeenAt: null));
        Assert.Equal("ann is there;", await last.Writes.NextAsync());

        Assert.Equal("ann types;", await typing.Writes.NextAsync());
        Assert.Equal("ann read 3;", await reading.Writes.NextAsync());
        Assert.Equal("ann is there;", await presence.Writes.NextAsync());
        Assert.Equal("ann is there;", await watching.Writes.NextAsync());
        foreach (var reader in new[] { typing, reading, presence, watching, joining })
            Assert.True(reader.Writes.IsEmpty);
    }

    [Fact]
    public async Task Presence_of_contacts_is_posted_to_those_who_watch_them()
    {
        var reader = await _host.JoinAsync("wim");
        var came = new PresenceSignal(null, SignalHost.User("ann"), Online: true, LastSeenAt: null);
        reader.Post(came);
        reader.WatchesContacts = true;
        reader.Post(came with { Online = false });
        Assert.Equal("ann is gone;", await reader.Writes.NextAsync());
        Assert.True(reader.Writes.IsEmpty);
        Assert.Throws<ArgumentException>(() => _host.Router.Deliver(came));
    }

    [Fact]
    public async Task One_signal_is_encoded_once_for_all_readers_of_a_format_and_signals_that_wait_are_one_pass()
    {
        var readers = new List<SignalWriter>();
        for (var i = 0; i < 200; i++) readers.Add(await _host.JoinAsync($"u{i}"));
        _host.Say("ann");
        foreach (var reader in readers) Assert.Equal("ann types;", await reader.Writes.NextAsync());
        Assert.Equal(1, TextFormat.Instance.EncodedOf(_host.Conversation));
    }

    [Fact]
    public async Task A_closed_reader_is_posted_nothing()
    {
        var reader = await _host.JoinAsync("sue");
        var subscription = reader.Find(_host.Conversation);
        reader.Close();
        reader.Post(subscription,
            [new PendingSignal(new EncodedSignal(new TypingSignal(_host.Conversation, SignalHost.User("ann"), true)),
                null)]);
        Assert.True(reader.Writes.IsEmpty);
    }
}
