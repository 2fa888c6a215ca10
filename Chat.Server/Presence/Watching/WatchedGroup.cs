using Chat.Server.Callers;

namespace Chat.Server.Presence.Watching;

/// <summary>A group of users, and the connections of this instance that watch their presence. Guarded by
/// <see cref="PresenceWatches"/>.</summary>
internal sealed class WatchedGroup(GroupKey key, Tenant tenant, bool isEveryone)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupKey Key => key;

    /// <summary>Whose users are in it: those of the conversation's tenant, which who watches it belongs to.</summary>
    public Tenant Tenant => tenant;

    /// <summary>True for a public conversation: every user who is online is a member.</summary>
    public bool IsEveryone => isEveryone;

    /// <summary>The members; empty where every user is one.</summary>
    public HashSet<UserKey> Members { get; } = [];

    public List<PresenceWatch> Watches { get; } = [];

    /// <summary>Keeps the members up to date; disposed when there are no watches.</summary>
    public IDisposable? Upkeep { get; set; }

    public bool IsEnded { get; set; }

    /// <summary>Completes when the members are known; fails when they cannot be read.</summary>
    public Task Ready => _ready.Task;

    public void SetReady() => _ready.TrySetResult();

    public void SetFailed(Exception problem)
    {
        _ready.TrySetException(problem);
        _ = _ready.Task.Exception; // waiting callers get it; without callers it is not a fault
    }
}
