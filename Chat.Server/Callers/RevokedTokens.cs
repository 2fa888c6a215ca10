using System.Collections.Concurrent;
using Chat.Contracts.Errors;

namespace Chat.Server.Callers;

/// <summary>All revocations that this instance knows of. Looking takes no lock and makes no object.</summary>
/// <remarks>There is one for each user and sign-in: the newest. A user with very many has one for all of
/// them.</remarks>
internal sealed class RevokedTokens
{
    /// <summary>How many sign-ins of a user are told apart. A user with more is signed out of all of them.</summary>
    public const int SessionsOfUser = 100;

    private const int BytesOfUser = 150, BytesOfOne = 250;

    private readonly ConcurrentDictionary<UserKey, Revocation[]> _byUser = new();
    private readonly Lock _gate = new(); // for writers
    private long _bytes;
    private int _tenants; // how many have an entry

    /// <summary>How many users have some.</summary>
    public int Users => _byUser.Count;

    /// <summary>About how much memory they hold.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool Has(UserKey user) => _byUser.ContainsKey(user);

    /// <summary>Whether nobody of the tenant is served.</summary>
    public bool IsSuspended(Tenant tenant) => Volatile.Read(ref _tenants) > 0
        && _byUser.TryGetValue(UserKey.Everybody(tenant), out var some) && some[0].NotBefore is null;

    /// <summary>Whether the caller is to be refused, and with what; never in open mode.</summary>
    public ChatError? Find(Caller caller)
    {
        if (!caller.MayBeRefused) return null;
        if (IsSuspended(caller.Tenant)) return Admission.Suspended;
        if (caller.IsNobody || !_byUser.TryGetValue(caller.User, out var some)) return null;
        foreach (var one in some)
            if (one.Refuses(caller)) return caller.IsByKey ? Admission.Deactivated : Admission.SignedOut;
        return null;
    }

    /// <summary>Takes one up, in place of the one before for the same user and sign-in.</summary>
    public void Add(Revocation added)
    {
        lock (_gate)
        {
            var some = _byUser.GetValueOrDefault(added.User) ?? [];
            var before = Array.Find(some, one => one.Session == added.Session);
            Revocation[] kept =
                [.. some.Where(one => one.Session != added.Session), before?.Then(added) ?? added];
            if (kept.Length > SessionsOfUser) kept = [Fold(kept)];
            Set(added.User, some, kept);
        }
    }

    /// <summary>Forgets those that say nothing any more.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (user, _) in _byUser)
            lock (_gate)
            {
                var some = _byUser.GetValueOrDefault(user) ?? [];
                var kept = Array.FindAll(some, one => one.Expires is not { } end || end > now);
                if (kept.Length < some.Length) Set(user, some, kept);
            }
    }

    private void Set(UserKey user, Revocation[] before, Revocation[] now)
    {
        if (user.IsEverybody) _tenants += Math.Sign(now.Length) - Math.Sign(before.Length);
        if (now.Length == 0) _byUser.TryRemove(user, out _);
        else _byUser[user] = now;
        Interlocked.Add(ref _bytes, WeightOf(now) - WeightOf(before));
    }

    /// <summary>One that refuses all that these refuse, and no token that was issued later.</summary>
    private static Revocation Fold(Revocation[] some) => some.MaxBy(one => one.Number)! with
    {
        Session = null,
        NotBefore = Array.Exists(some, one => one.NotBefore is null) ? null : some.Max(one => one.NotBefore),
        Expires = Array.Exists(some, one => one.Expires is null) ? null : some.Max(one => one.Expires),
    };

    private static long WeightOf(Revocation[] some) => some.Length == 0 ? 0
        : BytesOfUser + some.Sum(one => BytesOfOne + sizeof(char) * (long)(one.Session?.Length ?? 0));
}
