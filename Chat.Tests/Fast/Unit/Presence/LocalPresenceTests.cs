using Chat.Server.Presence;
using Chat.Tests.Fixtures;
using static Chat.Tests.Unit.Presence.Users;

namespace Chat.Tests.Unit.Presence;

/// <summary>CH-70: online from the first connection on, until a few seconds after the last.</summary>
public sealed class LocalPresenceTests
{
    private readonly ManualTime _time = new();
    private readonly PresenceInstance _instance;

    public LocalPresenceTests() =>
        _instance = new PresenceNetwork(_time).Start(new PresenceOptions { LingerSeconds = 5, RestSeconds = 45 });

    [Fact]
    public void A_user_stays_while_one_device_is_connected_and_lingers_after_the_last()
    {
        _instance.Local.Enter(Ann);
        _instance.Local.Enter(Ann);
        _instance.Local.Exit(Ann);
        Pass(60);
        Assert.Equal("ann", _instance.Online());

        _instance.Local.Exit(Ann);
        var left = _time.GetUtcNow();
        Pass(4.9);
        Assert.Equal("ann", _instance.Online());
        Pass(0.2);
        Assert.Equal("", _instance.Online());
        Assert.Equal([new BoardChange(Ann, true, null), new BoardChange(Ann, false, left)], _instance.TakeChanges());
    }

    [Fact]
    public void A_reconnect_within_the_linger_is_not_seen()
    {
        _instance.Local.Enter(Ann);
        for (var i = 0; i < 10; i++)
        {
            _instance.Local.Exit(Ann);
            Pass(4);
            _instance.Local.Enter(Ann);
            Pass(4);
        }
        Assert.Single(_instance.TakeChanges());
        _instance.Local.Exit(Ann);
        Pass(5);
        Assert.Equal("", _instance.Online());
    }

    [Fact]
    public void A_client_without_a_connection_stays_while_it_polls_and_a_while_after_it_was_heard_from()
    {
        _instance.Local.Hear(Ann);
        Pass(44);
        _instance.Local.Enter(Ann); // a poll
        Pass(300);
        _instance.Local.Hear(Ann);
        _instance.Local.Exit(Ann);
        Pass(44);
        Assert.Equal("ann", _instance.Online());
        Pass(2);
        Assert.Equal("", _instance.Online());
    }

    [Fact]
    public void A_client_that_says_it_leaves_goes_with_the_linger_unless_it_is_connected_or_comes_back()
    {
        _instance.Local.Hear(Ann);
        _instance.Local.Hear(Bob);
        _instance.Local.Enter(Bob);
        Pass(1);
        for (var i = 0; i < 3; i++)
        {
            _instance.Local.Leave(Ann);
            _instance.Local.Hear(Ann);
        }
        _instance.Local.Leave(Bob);
        Pass(20);
        Assert.Equal("ann bob", _instance.Online());
        _instance.Local.Leave(Ann);
        Pass(5);
        Assert.Equal("bob", _instance.Online());
        _instance.Local.Leave(Ann); // not there: nothing
        Assert.Equal("bob", _instance.Online());
    }

    private void Pass(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _instance.Local.Sweep();
    }
}
