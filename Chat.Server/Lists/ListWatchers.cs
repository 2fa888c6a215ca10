using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;

namespace Chat.Server.Lists;

/// <summary>The connections of this instance that are shown what changes in their users' lists, as of one
/// moment.</summary>
internal sealed class ListWatchers
{
    private readonly Dictionary<UserId, List<ClientWriter>> _writers = [];

    private ListWatchers() { }

    public IReadOnlyCollection<UserId> Users => _writers.Keys;

    public static ListWatchers Find(ConnectionRegistry connections)
    {
        var found = new ListWatchers();
        foreach (var connection in connections.All)
        {
            if (connection.Outbound is not { WatchesList: true } writer) continue;
            if (!found._writers.TryGetValue(connection.User, out var writers))
                found._writers[connection.User] = writers = [];
            writers.Add(writer);
        }
        return found;
    }

    public IReadOnlyList<ClientWriter> Of(UserId user) =>
        _writers.TryGetValue(user, out var writers) ? writers : [];

    /// <summary>Whether one of the user's connections is to be shown the change.</summary>
    public bool AreShown(ListChange change, bool isOwn) =>
        Of(change.User!.Value).Any(writer => isOwn || writer.Find(change.Conversation) is null);
}
