using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Presence.Watching;

/// <summary>All groups that connections of this instance watch, by member: the cost of a change depends only on the
/// watchers of that user.</summary>
internal sealed class PresenceWatches(PresenceBoard board, LastSeenJournal journal, PresenceOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GroupKey, WatchedGroup> _groups = [];
    private readonly Dictionary<UserKey, List<WatchedGroup>> _byMember = [];
    private readonly List<WatchedGroup> _ofEveryone = [];

    /// <summary>True while the conversation is watched here, or was until recently.</summary>
    public bool Has(ConversationId conversation)
    {
        lock (_gate) return _groups.ContainsKey(GroupKey.Of(conversation));
    }

    /// <summary>Adds a watch, which is not active yet, to the group, which is created if needed.</summary>
    public (WatchedGroup Group, PresenceWatch Watch, bool IsNew) Watch(
        GroupKey key, bool isEveryone, ClientWriter writer, Subscription? subscription)
    {
        lock (_gate)
        {
            var isNew = !_groups.TryGetValue(key, out var group);
            if (group is null)
            {
                _groups.Add(key, group = new WatchedGroup(key, writer.User.Tenant, isEveryone));
                if (isEveryone) _ofEveryone.Add(group);
            }
            var watch = group.Watches.Find(w => w.Writer == writer && w.Subscription == subscription);
            if (watch is null) group.Watches.Add(watch = new PresenceWatch(writer, subscription));
            return (group, watch, isNew);
        }
    }

    /// <summary>The members of the group.</summary>
    public void SetMembers(WatchedGroup group, IEnumerable<UserKey> members)
    {
        lock (_gate)
        {
            if (group.IsEnded) return;
            var wanted = members.ToHashSet();
            foreach (var user in group.Members.Where(user => !wanted.Contains(user)).ToList())
                RemoveMember_NeedsLock(group, user);
            foreach (var user in wanted) AddMember_NeedsLock(group, user);
        }
    }

    /// <summary>Users joined the conversation: its watchers get those that are online.</summary>
    public void Add(WatchedGroup group, IEnumerable<UserKey> users)
    {
        var added = new List<UserKey>();
        lock (_gate)
            foreach (var user in users)
                if (!group.IsEnded && AddMember_NeedsLock(group, user)) added.Add(user);
        foreach (var user in board.OnlineAmong(added)) Push(group, user);
    }

    /// <summary>A user left the conversation, and gets no more changes of it.</summary>
    public void Remove(WatchedGroup group, UserKey user)
    {
        lock (_gate)
        {
            RemoveMember_NeedsLock(group, user);
            group.Watches.RemoveAll(watch => watch.Writer.User == user);
        }
    }

    /// <summary>Keeps the members up to date. Disposed when the group ends, which may already have happened.</summary>
    public void SetUpkeep(WatchedGroup group, IDisposable upkeep)
    {
        lock (_gate)
        {
            if (!group.IsEnded) group.Upkeep = upkeep;
            else upkeep.Dispose();
        }
    }

    /// <summary>True while changes are reported: above the limit none are.</summary>
    public bool IsWithinLimit(WatchedGroup group)
    {
        lock (_gate) return SizeOf_NeedsLock(group) <= options.WatchLimit;
    }

    public List<UserKey> MembersOf(WatchedGroup group)
    {
        lock (_gate) return [.. group.Members];
    }

    /// <summary>Those groups whose changes are reported and that the user belongs to.</summary>
    public List<WatchedGroup> GroupsOf(UserKey user)
    {
        lock (_gate)
        {
            var groups = _byMember.TryGetValue(user, out var some)
                ? some.FindAll(group => SizeOf_NeedsLock(group) <= options.WatchLimit)
                : [];
            foreach (var group in _ofEveryone)
                if (group.Tenant == user.Tenant && SizeOf_NeedsLock(group) <= options.WatchLimit) groups.Add(group);
            return groups;
        }
    }

    /// <summary>Reports a change to those who watch the group.</summary>
    public void Push(WatchedGroup group, BoardChange change)
    {
        var signal = ToSignal(group, change);
        List<PresenceWatch> watches;
        lock (_gate) watches = group.Watches.FindAll(watch => watch.IsActive);
        foreach (var watch in watches)
            if (watch.IsLive) watch.Post(signal);
    }

    /// <summary>Reports the current presence of a member.</summary>
    public void Push(WatchedGroup group, UserKey user)
    {
        lock (_gate)
            if (!group.Members.Contains(user) || SizeOf_NeedsLock(group) > options.WatchLimit) return;
        Push(group, StateOf(user));
    }

    /// <summary>A user is hidden from a connection now, for which it goes offline.</summary>
    public void Hide(ClientWriter writer, UserKey user)
    {
        if (board.IsOnline(user)) Tell(writer, new BoardChange(user, Online: false, LastSeenAt: null));
    }

    /// <summary>A user is hidden from a connection no longer: reports how it is.</summary>
    public void Show(ClientWriter writer, UserKey user) => Tell(writer, StateOf(user));

    private void Tell(ClientWriter writer, BoardChange change)
    {
        foreach (var group in GroupsOf(change.User))
        {
            List<PresenceWatch> watches;
            lock (_gate) watches = group.Watches.FindAll(watch => watch.Writer == writer && watch.IsActive);
            foreach (var watch in watches)
                if (watch.IsLive) watch.Post(ToSignal(group, change));
        }
    }

    /// <summary>Activates the watch: it gets changes from now on, and those since its answer at once.</summary>
    /// <param name="group">The group.</param>
    /// <param name="watch">The watch.</param>
    /// <param name="answered">The users online in that answer.</param>
    public void Activate(WatchedGroup group, PresenceWatch watch, IReadOnlySet<UserKey> answered)
    {
        HashSet<UserKey> now;
        lock (_gate)
        {
            watch.Activate();
            if (group.IsEnded || SizeOf_NeedsLock(group) > options.WatchLimit) return;
            now = group.IsEveryone
                ? [.. board.OnlineOf(group.Tenant, options.WatchLimit).Users]
                : board.OnlineAmong(group.Members);
        }
        foreach (var user in now.Except(answered).Concat(answered.Except(now)))
            if (watch.IsLive) watch.Post(ToSignal(group, StateOf(user)));
        // Those whom a block has hidden since.
        if (watch.Writer.Hidden is not { } hidden) return;
        foreach (var user in answered.Where(user => hidden.Contains(user.Id)))
            watch.Post(ToSignal(group, new BoardChange(user, Online: false, LastSeenAt: null)));
    }

    /// <summary>Removes the watches of connections that left or ended, and groups without watches.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            foreach (var group in _groups.Values.ToList())
            {
                group.Watches.RemoveAll(watch => !watch.IsLive);
                if (group.Watches.Count == 0) End_NeedsLock(group);
            }
        }
    }

    /// <summary>Ends a group whose members cannot be known.</summary>
    public void Fail(WatchedGroup group, Exception problem)
    {
        lock (_gate) End_NeedsLock(group);
        group.SetFailed(problem);
    }

    private static EncodedSignal ToSignal(WatchedGroup group, BoardChange change) =>
        new(new PresenceSignal(group.Key.Conversation, change.User.Id, change.Online, change.LastSeenAt));

    private BoardChange StateOf(UserKey user) =>
        board.IsOnline(user) ? new BoardChange(user, Online: true, LastSeenAt: null)
            : new BoardChange(user, Online: false, journal.FindRecent(user));

    private int SizeOf_NeedsLock(WatchedGroup group) =>
        group.IsEveryone ? board.CountOf(group.Tenant) : group.Members.Count;

    private void End_NeedsLock(WatchedGroup group)
    {
        if (group.IsEnded) return;
        group.IsEnded = true;
        _groups.Remove(group.Key);
        _ofEveryone.Remove(group);
        foreach (var user in group.Members.ToList()) RemoveMember_NeedsLock(group, user);
        group.Watches.Clear();
        group.Upkeep?.Dispose();
    }

    private bool AddMember_NeedsLock(WatchedGroup group, UserKey user)
    {
        if (!group.Members.Add(user)) return false;
        if (!_byMember.TryGetValue(user, out var groups)) _byMember.Add(user, groups = new List<WatchedGroup>(1));
        groups.Add(group);
        return true;
    }

    private void RemoveMember_NeedsLock(WatchedGroup group, UserKey user)
    {
        if (!group.Members.Remove(user) || !_byMember.TryGetValue(user, out var groups)) return;
        groups.Remove(group);
        if (groups.Count == 0) _byMember.Remove(user);
    }
}
