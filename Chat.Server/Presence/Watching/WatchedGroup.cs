using Chat.Server.Callers;

namespace Chat.Server.Presence.Watching;

/// <summary>Users, and the connections to this instance that want to hear when one of them comes or goes.
/// <see cref="PresenceWatches"/> guards all of it.</summary>
internal sealed class WatchedGroup(GroupKey key, Tenant tenant, bool isEveryone)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupKey Key => key;

    /// <summary>Whose users are in it: those of the conversation's tenant, which who watches it belongs to.</summary>
    public Tenant Tenant => tenant;

    /// <summary>True for a public conversation: everybody who is online belongs to it.</summary>
    public bool IsEveryone => isEveryone;

    /// <summary>Who belongs to it; empty where everyone does.</summary>
    public HashSet<UserKey> Members { get; } = [];

    public List<PresenceWatch> Watches { get; } = [];

    /// <summary>What keeps the members true; disposed when nobody watches any more.</summary>
    public IDisposable? Upkeep { get; set; }

    public bool IsEnded { get; set; }

    /// <summary>Ends when the members are known; fails when they cannot be.</summary>
    public Task Ready => _ready.Task;

    public void SetReady() => _ready.TrySetResult();

    public void SetFailed(Exception problem)
    {
        _ready.TrySetException(problem);
        _ = _ready.Task.Exception; // those who wait for it see it; when nobody does, it is no fault
    }
}
