using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence.Deployments;

/// <summary>Raises what level the deployment requires, in a transaction with what needs it.</summary>
internal static class DeploymentLevel
{
    /// <summary>Lower than it is it never becomes.</summary>
    public static Task RequireAsync(ChatDbContext db, int level, CancellationToken ct) =>
        db.Set<DeploymentRow>().Where(d => d.Requires < level)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Requires, level), ct);
}
