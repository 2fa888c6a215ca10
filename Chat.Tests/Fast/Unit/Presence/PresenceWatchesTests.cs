using Chat.Contracts.Identifiers;
using Chat.Server.Presence;
using Chat.Server.Presence.Watching;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;
using static Chat.Tests.Unit.Presence.Users;

namespace Chat.Tests.Unit.Presence;

/// <summary>CH-74: nobody is told of changes in a group that is too large.</summary>
public sealed class PresenceWatchesTests
{
    private readonly PresenceInstance _instance = new PresenceNetwork(new ManualTime()).Start();
    private readonly PresenceWatches _watches;

    public PresenceWatchesTests() =>
        _watches = new PresenceWatches(_instance.Board, _instance.Journal, new PresenceOptions { WatchLimit = 2 });

    [Fact]
    public void A_change_costs_only_what_watches_the_user_and_is_not_too_large()
    {
        var reader = new RecordingWriter(Ann, null!);
        var (group, _, isNew) = _watches.Watch(GroupKey.ContactsOf(Ann), isEveryone: false, reader, null);
        Assert.True(isNew);
        var others = Enumerable.Range(0, 2).Select(i => UserId.Parse($"other{i}").Key()).ToList();
        _watches.SetMembers(group, [Bob, others[0]]);
        Assert.Same(group, Assert.Single(_watches.GroupsOf(Bob)));
        Assert.Empty(_watches.GroupsOf(others[1]));

        _watches.SetMembers(group, [Bob, .. others]);
        Assert.Empty(_watches.GroupsOf(Bob));
        _watches.Remove(group, others[0]);
        Assert.Same(group, Assert.Single(_watches.GroupsOf(Bob)));

        reader.Close();
        _watches.Sweep();
        Assert.Empty(_watches.GroupsOf(Bob));
        Assert.True(group.IsEnded);
    }

    [Fact]
    public void Everyone_is_too_many_when_more_are_online()
    {
        var (group, _, _) = _watches.Watch(GroupKey.Of(ConversationId.Lobby), isEveryone: true,
            new RecordingWriter(Ann, null!), null);
        _instance.Local.Enter(Ann);
        _instance.Local.Enter(Bob);
        Assert.Same(group, Assert.Single(_watches.GroupsOf(Bob)));
        _instance.Local.Enter(UserId.Parse("one too many").Key());
        Assert.Empty(_watches.GroupsOf(Bob));
    }
}
