using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;

namespace Chat.Server.Lists;

/// <summary>The connections of this instance that get changes of their users' lists, as of one moment.</summary>
internal sealed class ListWatchers
{
    private readonly Dictionary<UserId, List<ClientWriter>> _writers = [];

    private ListWatchers() { }

    /// <summary>Their names, each once: in a conversation, which has one tenant, a name says who.</summary>
    public IReadOnlyCollection<UserId> Users => _writers.Keys;

    public static ListWatchers Find(ConnectionRegistry connections)
    {
        var found = new ListWatchers();
        foreach (var connection in connections.All)
        {
            if (connection.Outbound is not { WatchesList: true } writer) continue;
            if (!found._writers.TryGetValue(connection.User.Id, out var writers))
                found._writers[connection.User.Id] = writers = [];
            writers.Add(writer);
        }
        return found;
    }

    /// <summary>Those of the users of that name, of whatever tenant.</summary>
    public IReadOnlyList<ClientWriter> Of(UserId user) =>
        _writers.TryGetValue(user, out var writers) ? writers : [];

    /// <summary>Whether a connection may have to be shown the change.</summary>
    public bool AreShown(ListChange change, bool isOwn) =>
        Of(change.User!.Value).Any(writer => isOwn || writer.Find(change.Conversation) is null);
}
