namespace Chat.Server.Persistence.Deployments;

/// <summary>Reads and changes the row of the deployment. Failures are <see cref="StoreException"/>.</summary>
internal interface IDeploymentStore
{
    /// <summary>One cheap query.</summary>
    Task<Deployment> ReadAsync(CancellationToken ct);

    /// <summary>Draws a new generation in place of <paramref name="seen"/>. Of several instances that noticed the same
    /// one draws, and all get what it drew.</summary>
    Task<Deployment> DrawAsync(Guid seen, CancellationToken ct);
}
