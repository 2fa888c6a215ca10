namespace Chat.Server.Transports.SignalR;

/// <summary>Who is in which group of <see cref="Microsoft.AspNetCore.SignalR.IHubContext{THub}"/> on this
/// instance.</summary>
internal sealed class HubGroups
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, HubWriter>> _members = [];
    private readonly Dictionary<string, HashSet<string>> _groups = []; // of each connection that is in one

    public void Add(HubConnection connection, string group)
    {
        lock (_gate)
        {
            if (connection.HasEnded) return; // it is forgotten already, or will be when this is done
            if (!_members.TryGetValue(group, out var members)) _members[group] = members = [];
            members[connection.Id] = connection.Writer;
            if (!_groups.TryGetValue(connection.Id, out var groups)) _groups[connection.Id] = groups = [];
            groups.Add(group);
        }
    }

    public void Remove(string id, string group)
    {
        lock (_gate)
        {
            Leave_NeedsLock(id, group);
            if (_groups.TryGetValue(id, out var groups) && groups.Remove(group) && groups.Count == 0)
                _groups.Remove(id);
        }
    }

    /// <summary>Of a connection that has ended.</summary>
    public void Forget(HubConnection connection)
    {
        lock (_gate)
        {
            if (!_groups.Remove(connection.Id, out var groups)) return;
            foreach (var group in groups) Leave_NeedsLock(connection.Id, group);
        }
    }

    public IReadOnlyList<HubWriter> MembersOf(string group)
    {
        lock (_gate) return _members.TryGetValue(group, out var members) ? [.. members.Values] : [];
    }

    private void Leave_NeedsLock(string id, string group)
    {
        if (_members.TryGetValue(group, out var members) && members.Remove(id) && members.Count == 0)
            _members.Remove(group);
    }
}
