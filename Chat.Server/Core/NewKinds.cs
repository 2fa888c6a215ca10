using Chat.Server.FanOut;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.Core;

/// <summary>Says whether kinds of entries may be written that the version before does not keep right: not while a
/// server of it runs.</summary>
/// <remarks>The first entry of such a kind raises, in its transaction, what the deployment requires: from then on
/// nothing has to be asked, and an older server that starts drains.</remarks>
internal sealed class NewKinds(IDeploymentStore store, LogIdentity identity, MessagesOptions options)
{
    /// <returns>The level that the entry has to require; null: the deployment requires it already.</returns>
    /// <exception cref="ChatException">They may not be written now.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be asked.</exception>
    public async ValueTask<int?> DemandAsync(CancellationToken ct)
    {
        if (identity.Current?.Requires >= Deployment.LevelOfMessages) return null;
        if (!options.NewKinds || await store.HasOlderServersAsync(Deployment.LevelOfMessages, ct))
            throw ChatException.Internal(
                "messages cannot be changed before all servers have this version; nothing was changed, try again "
                + "later");
        return Deployment.LevelOfMessages;
    }
}
