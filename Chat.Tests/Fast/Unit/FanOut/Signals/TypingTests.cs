using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>CH-63 and CH-64: how typing begins and ends.</summary>
public sealed class TypingTests : IAsyncLifetime
{
    private readonly SignalHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void A_repeat_within_the_throttle_is_no_news_and_one_after_it_is()
    {
        Assert.True(Reports("ann"));
        Advance(1_999);
        Assert.False(Reports("ann"));
        Assert.True(Reports("bob"));
        Advance(1);
        Assert.True(Reports("ann"));
        Assert.True(Reports("ann", isTyping: false));
        Assert.False(Reports("ann", isTyping: false)); // it is over already
        Assert.True(Reports("ann")); // and may begin again at once
    }

    [Fact]
    public void A_typist_who_falls_silent_has_ceased_to_type_and_one_who_goes_on_has_not()
    {
        _host.Say("ann");
        _host.Say("bob");
        Advance(3_000);
        _host.Say("bob");
        Advance(2_999);
        Assert.Empty(_host.Typing.TakeExpired());
        Advance(1);
        Assert.Equal([Signal("ann", false)], _host.Typing.TakeExpired());
        Advance(2_999);
        Assert.Empty(_host.Typing.TakeExpired());
        Advance(1);
        Assert.Equal([Signal("bob", false)], _host.Typing.TakeExpired());
    }

    [Fact]
    public async Task Readers_are_shown_the_end_of_those_who_fell_silent()
    {
        var reader = await _host.JoinAsync("fay");
        using var expiry = await _host.StartExpiryAsync();
        _host.Say("ann");
        Assert.Equal("ann types;", await reader.Writes.NextAsync());
        var ended = reader.Writes.NextAsync();
        while (!ended.IsCompleted)
        {
            Advance(500); // the beat, which begins on another thread
            await Task.Yield();
        }
        Assert.Equal("ann rests;", await ended);
        await expiry.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_message_of_the_typist_ends_it_at_once_and_one_of_somebody_else_does_not()
    {
        var reader = await _host.JoinAsync("fay", SignalKind.Typing);
        _host.Say("ann");
        Assert.Equal("ann types;", await reader.Writes.NextAsync());
        _host.Publish(Drafts.Message(_host.Conversation, sender: "bob"));
        Assert.Equal("1;", await reader.Writes.NextAsync());
        _host.Publish(Drafts.Message(_host.Conversation, sender: "ann"));
        Assert.Equal(["2;", "ann rests;"], (await reader.Writes.TakeAsync(2)).Order()); // they come in no order
        Assert.True(Reports("ann"));
    }

    [Fact]
    public void A_message_ends_it_also_where_nobody_reads()
    {
        Assert.True(Reports("ann"));
        _host.Publish(Drafts.Message(_host.Conversation, sender: "ann"));
        Assert.True(Reports("ann"));
    }

    [Fact]
    public void There_are_no_more_typists_than_can_be_remembered()
    {
        for (var i = 0; i < TypingTracker.Capacity; i++) Assert.True(_host.Typing.Note(Signal($"u{i}", true)));
        Assert.False(_host.Typing.Note(Signal("one too many", true)));
        Assert.True(_host.Typing.Note(Signal("u7", true)));
        Advance(6_000);
        Assert.Equal(TypingTracker.Capacity, _host.Typing.TakeExpired().Count);
        Assert.True(_host.Typing.Note(Signal("one too many", true)));
    }

    private TypingSignal Signal(string user, bool isTyping) => new(_host.Conversation, SignalHost.User(user), isTyping);

    /// <summary>A report of a user here; true when the others were told.</summary>
    private bool Reports(string user, bool isTyping = true)
    {
        var report = Signal(user, isTyping);
        if (!_host.Typing.IsNews(report)) return false;
        _host.Router.Broadcast(report);
        return true;
    }

    private void Advance(int milliseconds) => _host.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
