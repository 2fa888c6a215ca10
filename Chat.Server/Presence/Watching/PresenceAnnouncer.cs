namespace Chat.Server.Presence.Watching;

/// <summary>Passes the board's changes, in order, to the watchers of the user.</summary>
internal sealed class PresenceAnnouncer(
    PresenceBoard board, PresenceWatches watches, ContactCircles circles, LastSeenJournal journal)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (var change in board.Changes.ReadAllAsync(ct))
        {
            if (change.LastSeenAt is { } at) journal.Remember(change.User, at);
            foreach (var group in watches.GroupsOf(change.User))
                if (!circles.TryRefreshFirst(group, change.User)) watches.Push(group, change);
        }
    }
}
