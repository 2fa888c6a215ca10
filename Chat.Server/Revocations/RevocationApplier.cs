using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Memory;

namespace Chat.Server.Revocations;

/// <summary>Takes up what was read: first for everybody who comes, then for the connections that are there. For one
/// caller at a time.</summary>
internal sealed class RevocationApplier(
    Admission admission, ConnectionRegistry connections, ConnectionEnding ending, MemoryBudget memory)
{
    private readonly Lock _counting = new();

    /// <summary>Whether one for this user may be added: of others there may be too many already.</summary>
    public bool HasRoomFor(UserKey user)
    {
        if (memory.Revocations.Held < memory.Revocations.Limit || admission.Revoked.Has(user)) return true;
        memory.Revocations.CountRefusal();
        return false;
    }

    /// <summary>When it returns, nothing is shown to those users any more, or done for them, on this
    /// instance.</summary>
    public void Apply(IReadOnlyList<Revocation> found)
    {
        foreach (var revocation in found) admission.Revoked.Add(revocation);
        Count();
        // Behind that: who connects meanwhile is registered first, and looks then.
        foreach (var user in found.Select(revocation => revocation.User).Distinct())
            foreach (var connection in ConnectionsOf(user))
                if (admission.Revoked.Find(connection.Caller) is { } refusal) ending.End(connection, refusal.Code);
    }

    private IEnumerable<Connection> ConnectionsOf(UserKey user) => !user.IsEverybody
        ? connections.Of(user)
        : connections.All.Where(connection => connection.User.Tenant == user.Tenant);

    /// <summary>Forgets those that say nothing any more.</summary>
    public void Forget(DateTimeOffset now)
    {
        admission.Revoked.Forget(now);
        Count();
    }

    private void Count()
    {
        lock (_counting) memory.Revocations.Add(admission.Revoked.Bytes - memory.Revocations.Held);
    }
}
