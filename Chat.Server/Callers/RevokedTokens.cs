using System.Collections.Concurrent;

namespace Chat.Server.Callers;

/// <summary>All revocations that this instance knows of. Looking takes no lock and makes no object.</summary>
/// <remarks>One thread changes it. There is one for each user and sign-in: the newest.</remarks>
internal sealed class RevokedTokens
{
    private readonly ConcurrentDictionary<UserKey, Revocation[]> _byUser = new();

    /// <summary>How many users have some.</summary>
    public int Users => _byUser.Count;

    /// <summary>Whether the token that this caller has shown is refused; never in open mode.</summary>
    public bool Refuses(Caller caller)
    {
        if (caller.IssuedAt is not { } issued || !_byUser.TryGetValue(caller.User, out var some)) return false;
        foreach (var one in some)
            if (one.Refuses(issued, caller.Session)) return true;
        return false;
    }

    /// <summary>Takes one up, in place of the one before for the same user and sign-in.</summary>
    public void Add(Revocation revocation) => _byUser.AddOrUpdate(revocation.User,
        static (_, added) => [added],
        static (_, some, added) => [.. some.Where(one => one.Session != added.Session), added], revocation);

    /// <summary>Forgets those that say nothing any more.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (user, some) in _byUser)
        {
            var kept = Array.FindAll(some, one => one.Expires is not { } end || end > now);
            if (kept.Length == 0) _byUser.TryRemove(user, out _);
            else if (kept.Length < some.Length) _byUser[user] = kept;
        }
    }
}
