using Chat.Server.Callers;

namespace Chat.Server.Persistence.Deployments;

/// <summary>Reads and changes the row of the deployment. Failures are <see cref="StoreException"/>.</summary>
internal interface IDeploymentStore
{
    /// <summary>One cheap query.</summary>
    Task<Deployment> ReadAsync(CancellationToken ct);

    /// <summary>Draws a new generation in place of <paramref name="seen"/>. Of several instances that noticed the same
    /// one draws, and all get what it drew.</summary>
    Task<Deployment> DrawAsync(Guid seen, CancellationToken ct);

    /// <summary>Writes the mode. With tokens the required level is raised to that of tokens; open again, it is given
    /// back where nothing else has raised it.</summary>
    Task<Deployment> SetModeAsync(IdentityMode mode, CancellationToken ct);

    /// <summary>Whether a server of a version below the level has sessions of this database now.</summary>
    Task<bool> HasOlderServersAsync(int level, CancellationToken ct);

    /// <summary>Raises the required level, where it is lower. In a transaction with what needs it:
    /// <see cref="DeploymentLevel"/>.</summary>
    Task RequireAsync(int level, CancellationToken ct);
}
