using Chat.Server.Concurrency;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Concurrency;

/// <summary>CH-125: those who wait for room are let in in turn.</summary>
public sealed class FairWaitersTests
{
    private readonly Lock _gate = new();
    private readonly List<string> _entered = [];
    private readonly FairWaiters<string> _waiters;
    private int _room;

    public FairWaitersTests() => _waiters = new FairWaiters<string>(_gate, TryEnter);

    [Fact]
    public async Task Room_is_given_in_turn()
    {
        Task[] waiting = [Wait("flood", "f1"), Wait("flood", "f2"), Wait("flood", "f3"), Wait("ann", "a1")];
        GiveRoom(2);
        _entered.Should().Equal("f1", "a1");
        GiveRoom(2);
        await Task.WhenAll(waiting).WaitAsync(Bounds.Wait);
        _entered.Should().Equal("f1", "a1", "f2", "f3");
        IsEmpty().Should().BeTrue();
    }

    [Fact]
    public async Task One_that_gives_up_takes_no_room_and_holds_up_nobody()
    {
        using var patience = new CancellationTokenSource();
        var first = Wait("ann", "a1", patience.Token);
        var second = Wait("bob", "b1");
        await patience.CancelAsync();
        await first.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        GiveRoom(1);
        await second.WaitAsync(Bounds.Wait);
        _entered.Should().Equal("b1");
        IsEmpty().Should().BeTrue();
    }

    [Fact]
    public async Task One_that_gives_up_after_it_was_let_in_is_in()
    {
        using var patience = new CancellationTokenSource();
        FairWaiters<string>.Waiter waiter;
        lock (_gate) waiter = _waiters.Add_NeedsLock("ann", "a1");
        GiveRoom(1);
        await patience.CancelAsync();
        await waiter.EnteredAsync(patience.Token);
        _entered.Should().Equal("a1");
    }

    [Fact]
    public async Task When_there_will_be_no_room_all_fail_also_those_that_give_up_then()
    {
        using var patience = new CancellationTokenSource();
        var waiting = Wait("ann", "a1");
        FairWaiters<string>.Waiter late;
        lock (_gate)
        {
            late = _waiters.Add_NeedsLock("bob", "b1");
            _waiters.FailAll_NeedsLock(new InvalidOperationException("closed"));
        }
        await patience.CancelAsync();
        await waiting.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();
        await late.Invoking(one => one.EnteredAsync(patience.Token).AsTask())
            .Should().ThrowAsync<InvalidOperationException>();
        _entered.Should().BeEmpty();
    }

    private Task Wait(string owner, string item, CancellationToken ct = default)
    {
        lock (_gate) return _waiters.Add_NeedsLock(owner, item).EnteredAsync(ct).AsTask();
    }

    private void GiveRoom(int more)
    {
        lock (_gate)
        {
            _room += more;
            _waiters.Admit_NeedsLock();
        }
    }

    private bool IsEmpty()
    {
        lock (_gate) return _waiters.IsEmpty_NeedsLock;
    }

    private bool TryEnter(string item)
    {
        if (_room == 0) return false;
        _room--;
        _entered.Add(item);
        return true;
    }
}
