using Chat.Server.Callers;
using Chat.Server.Configuration;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Start;

/// <summary>A deployment has one mode: it is written in its database.</summary>
internal static class DeploymentMode
{
    /// <summary>Before the server listens: with tokens, makes the deployment one with tokens; open, makes sure that it
    /// is none.</summary>
    /// <exception cref="ConfigurationException">The deployment has tokens, and this server has not; or an import is
    /// under way.</exception>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public static async Task ClaimModeAsync(this IServiceProvider services)
    {
        var mode = services.GetRequiredService<ServerMode>();
        var store = services.GetRequiredService<IDeploymentStore>();
        try
        {
            var found = await store.ReadAsync(CancellationToken.None);
            if (found.Requires == Deployment.LevelOfImport)
                throw new ConfigurationException(Deployment.ImportUnderWay);
            if (services.GetService<Issuers>() is { HaveTenants: true })
                await store.RequireAsync(Deployment.LevelOfRights, CancellationToken.None);
            if (found.Mode == mode.Mode) return;
            if (!mode.HasTokens)
                throw new ConfigurationException(
                    "the database is of a deployment with tokens, and this server is open: set "
                        + $"{SettingName.IdentityMode}=Token, or configure the issuer under {SettingName.Schemes}; the "
                        + "command 'mode open' makes the deployment open again");
            await store.SetModeAsync(IdentityMode.Token, CancellationToken.None);
        }
        // An open server may start before its database; the first look that succeeds ends it where it is wrong.
        catch (StoreException) when (!mode.HasTokens
            && !services.GetRequiredService<IOptions<ServerOptions>>().Value.MigrateOnStart) { }
    }

    /// <summary>The command <c>mode</c>: says which mode the deployment has; <c>mode open</c> takes its tokens
    /// away.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ModeAsync(this WebApplication app, bool open, TextWriter output)
    {
        var store = app.Services.GetRequiredService<IDeploymentStore>();
        var found = open
            ? await store.SetModeAsync(IdentityMode.Open, CancellationToken.None)
            : await store.ReadAsync(CancellationToken.None);
        await output.WriteLineAsync($"the deployment's mode is {found.Mode}");
        return 0;
    }
}
