using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;

namespace Chat.Server.Transports.SignalR;

/// <summary>Who is in which group of <see cref="Microsoft.AspNetCore.SignalR.IHubContext{THub}"/> on this
/// instance.</summary>
/// <remarks>A group named like a conversation's id also has the connections that have joined the
/// conversation.</remarks>
internal sealed class HubGroups(FeedRegistry feeds)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, HubWriter>> _groups = new();

    public void Add(HubConnection connection, string group)
    {
        _groups.GetOrAdd(group, _ => new())[connection.Id] = connection.Writer;
        if (connection.HasEnded) Remove(connection.Id, group); // it ended meanwhile and was not in the group yet
    }

    public void Remove(string id, string group)
    {
        if (_groups.TryGetValue(group, out var members)) members.TryRemove(id, out _);
    }

    public void Forget(HubConnection connection)
    {
        foreach (var members in _groups.Values) members.TryRemove(connection.Id, out _);
    }

    public IEnumerable<HubWriter> MembersOf(string group)
    {
        var named = _groups.TryGetValue(group, out var members) ? members.Values : [];
        return ConversationId.TryParse(group, out var conversation) && feeds.Find(conversation) is { } feed
            ? named.Concat(feed.Writers.OfType<HubWriter>())
            : named;
    }
}
