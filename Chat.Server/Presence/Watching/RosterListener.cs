using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;

namespace Chat.Server.Presence.Watching;

/// <summary>Keeps the members of a watched conversation up to date: read once from the database, then changed by
/// entries.</summary>
internal sealed class RosterListener(
    WatchedGroup group, PresenceWatches watches, PresenceStore store, FeedContext context) : FeedListener, IDisposable
{
    private readonly Lock _gate = new();
    private long _cursor;
    private bool _isLoaded;

    /// <summary>The feed, once it is attached.</summary>
    public Feed? Feed { get; set; }

    /// <summary>No user: this listener stays when users are removed from the conversation.</summary>
    public override UserKey User => default;

    /// <summary>Reads the members. Entries after <paramref name="head"/> change them afterwards.</summary>
    public async Task LoadAsync(long head, CancellationToken ct)
    {
        var members = await store.FindParticipantsAsync(Feed!.Conversation, int.MaxValue, ct);
        watches.SetMembers(group, members.Select(KeyOf));
        lock (_gate)
        {
            _cursor = head;
            _isLoaded = true;
            Advance_NeedsLock();
        }
    }

    public override void OnAdvanced()
    {
        lock (_gate) Advance_NeedsLock();
    }

    /// <summary>Users who were added in a lost entry are no longer members.</summary>
    public override void OnGeneration(long last)
    {
        if (last == long.MaxValue) return;
        lock (_gate) _isLoaded = false;
        context.Run(() => ReloadAsync(last));
    }

    public void Dispose() => Feed?.Detach(this);

    private void Advance_NeedsLock()
    {
        while (_isLoaded && Shard!.Visible is var visible && _cursor < visible)
        {
            if (Shard.TryTake(_cursor, visible, MembershipFormat.Instance) is not MembershipBlock block)
            {
                // Too many entries came at once for memory: the database is read instead.
                _isLoaded = false;
                context.Run(() => ReloadAsync(visible));
                return;
            }
            foreach (var entry in block.Entries) Apply(entry);
            _cursor = block.To;
        }
    }

    private void Apply(ConversationEntry entry)
    {
        if (entry is ParticipantsAddedEntry added) watches.Add(group, added.ParticipantIds.Select(KeyOf));
        else if (entry is ParticipantRemovedEntry removed) watches.Remove(group, KeyOf(removed.ParticipantId));
    }

    private UserKey KeyOf(UserId user) => new(group.Tenant, user);

    private async Task ReloadAsync(long head)
    {
        for (var failures = 0; !group.IsEnded; failures++)
        {
            try
            {
                await LoadAsync(head, context.Stopping);
                return;
            }
            catch (StoreException)
            {
                await LogReader.Retries.WaitAsync(failures, context.Time, context.Stopping);
            }
        }
    }
}
