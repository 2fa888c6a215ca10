using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Connections;

namespace Chat.Server.Revocations;

/// <summary>Takes up what was read: first for everybody who comes, then for the connections that are there. For one
/// caller at a time.</summary>
internal sealed class RevocationApplier(Admission admission, ConnectionRegistry connections, ConnectionEnding ending)
{
    /// <summary>When it returns, nothing is shown to those users any more, or done for them, on this
    /// instance.</summary>
    public void Apply(IReadOnlyList<Revocation> found)
    {
        foreach (var revocation in found) admission.Revoked.Add(revocation);
        // Behind that: who connects meanwhile is registered first, and looks then.
        foreach (var user in found.Select(revocation => revocation.User).Distinct())
            foreach (var connection in connections.Of(user))
                if (admission.Revoked.Refuses(connection.Caller))
                    ending.End(connection, ChatErrorCode.TokenRevoked);
    }
}
