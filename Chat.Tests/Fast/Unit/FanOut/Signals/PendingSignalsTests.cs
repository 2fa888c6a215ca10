using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Signals;
using Chat.Server.Memory;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

public sealed class PendingSignalsTests
{
    private static readonly ConversationId Here = ConversationId.New(Drafts.Noon);

    private readonly MemoryPart _memory = new("signals", 4 * 1024 * 1024);

    [Fact]
    public void The_newest_of_a_key_wins_and_other_keys_stay()
    {
        var pending = Pending(10);
        Assert.True(Add(pending, Typing("ann", true)));
        Assert.True(Add(pending, Typing("bob", true)));
        Assert.True(Add(pending, new ReadSignal(Here, User("ann"), 1)));
        Assert.True(Add(pending, Typing("ann", false)));
        Assert.Equal([Typing("bob", true), new ReadSignal(Here, User("ann"), 1), Typing("ann", false)],
            Take(pending, 10));
        Assert.Equal(0, pending.Count);
    }

    [Fact]
    public void A_read_position_never_goes_back()
    {
        var pending = Pending(10);
        Add(pending, new ReadSignal(Here, User("ann"), 5));
        Assert.False(Add(pending, new ReadSignal(Here, User("ann"), 4)));
        Assert.Equal([new ReadSignal(Here, User("ann"), 5)], Take(pending, 10));
    }

    [Fact]
    public void At_the_bound_the_oldest_goes()
    {
        var pending = Pending();
        for (var i = 0; i < 300; i++) Add(pending, Typing($"u{i}", true));
        Add(pending, Typing("u44", false)); // the oldest that is left becomes the newest
        Assert.Equal(256, pending.Count);
        var taken = Take(pending, 1_000);
        Assert.Equal("u45", taken[0].User.Value);
        Assert.Equal(Typing("u44", false), taken[^1]);
    }

    // CH-90: a connection that takes nothing holds no unbounded pile of newest messages.
    [Fact]
    public void Summaries_are_bounded_in_bytes_and_of_a_conversation_the_newest_stays()
    {
        var pending = Pending();
        for (var i = 0; i < 200; i++) Add(pending, Listed(ConversationId.New(Drafts.Noon), 60_000));
        Assert.InRange(pending.Count, 5, 17);
        var held = pending.Count;
        var changed = Listed(Here, 60_000);
        Add(pending, changed);
        Add(pending, changed with { Summary = null });
        Assert.InRange(pending.Count, held, held + 1);
        Assert.Null(Assert.IsType<ListSignal>(Take(pending, 256)[^1]).Summary);
        for (var i = 0; i < 200; i++) Add(pending, Typing($"u{i}", true));
        Assert.Equal(200, pending.Count);
    }

    [Fact]
    public void A_part_can_be_taken_the_oldest_first()
    {
        var pending = Pending(10);
        for (var i = 0; i < 5; i++) Add(pending, Typing($"u{i}", true));
        Assert.Equal(["u0", "u1"], Take(pending, 2).Select(s => s.User.Value));
        Add(pending, Typing("u0", true));
        Assert.Equal(["u2", "u3", "u4", "u0"], Take(pending, 10).Select(s => s.User.Value));
        Assert.Empty(Take(pending, 10));
    }

    // CH-113
    [Fact]
    public void Together_they_hold_what_they_may_and_who_gets_one_more_loses_its_oldest()
    {
        var all = Enumerable.Range(0, 12).Select(_ => Pending()).ToList();
        foreach (var pending in all)
            for (var i = 0; i < 20; i++) Add(pending, Listed(ConversationId.New(Drafts.Noon), 60_000));
        Assert.InRange(_memory.Held, _memory.Limit * 9 / 10, _memory.Limit);
        Assert.True(_memory.Refused > 0);
        Assert.InRange(all[0].Count, 5, 17); // a caller that asks for no more loses nothing

        Assert.True(Add(all[^1], Typing("ann", true))); // what is small always has room
        var room = all[0];
        room.Clear();
        Assert.True(Add(all[^1], Listed(Here, 60_000)));
        Assert.Equal(Here, Take(all[^1], 256)[^1].Conversation);
        foreach (var pending in all) pending.Clear();
        Assert.Equal(0, _memory.Held);
    }

    [Fact]
    public void Bytes_of_what_is_replaced_or_taken_are_given_back()
    {
        var pending = Pending();
        for (var i = 0; i < 10; i++) Add(pending, Listed(Here, 10_000));
        Assert.Equal(1, pending.Count);
        var one = _memory.Held;
        Assert.InRange(one, 10_000, 60_000);
        Add(pending, Listed(ConversationId.New(Drafts.Noon), 10_000));
        Assert.Equal(2 * one, _memory.Held);
        Take(pending, 1);
        Assert.Equal(one, _memory.Held);
        Take(pending, 1);
        Assert.Equal(0, _memory.Held);
    }

    private PendingSignals Pending(int capacity = 256) => new(capacity, _memory);

    private static UserId User(string name) => UserId.Parse(name);

    private static TypingSignal Typing(string user, bool isTyping) => new(Here, User(user), isTyping);

    private static ListSignal Listed(ConversationId conversation, int characters) => new(
        conversation, User("ann").Key(),
        new ConversationSummary
        {
            Id = conversation, Kind = ConversationKind.Group, CreatedAt = Drafts.Noon, LastSequence = 2,
            LastReadSequence = 1,
            LastEntry = new MessageEntry
            {
                Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 2, SenderId = User("bob"),
                CreatedAt = Drafts.Noon, Body = new string('x', characters),
            },
        },
        IsToldByLog: true);

    private static bool Add(PendingSignals pending, Signal signal) =>
        pending.Add(new PendingSignal(new EncodedSignal(signal), null));

    private static List<Signal> Take(PendingSignals pending, int most) =>
        [.. pending.Take(most).Select(p => p.Signal.Signal)];
}
