using Chat.Server.Configuration;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Hosting.Health;
using Chat.Server.Identity;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.Hosting.Drain;

/// <summary>Lets requests in once this instance is seen to fit its deployment. Empties it when the database requires a
/// newer version or another mode, and keeps it from getting ready.</summary>
internal sealed partial class LevelGuard(
    LogIdentity identity, ServerMode mode, Drain drain, DrainState state, ILogger<LevelGuard> logger)
    : BackgroundService, IReadinessCheck
{
    private readonly TaskCompletionSource<Deployment> _unfit =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _problem = "the deployment has not been read from the database yet";

    public string Name => "deployment";

    public ValueTask<string?> CheckAsync(CancellationToken ct) => ValueTask.FromResult(_problem);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        identity.Seen += Look;
        if (identity.Current is { } deployment) Look(deployment);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>What keeps a server of this version, in this mode, out of a deployment; null: nothing.</summary>
    public static string? FindProblem(Deployment deployment, ServerMode mode) =>
        deployment.Requires == Deployment.LevelOfImport ? Deployment.ImportUnderWay
        : deployment.Requires > Deployment.Level
            ? $"the database requires level {deployment.Requires}, this version has {Deployment.Level}"
        : deployment.Mode != mode.Mode
            ? $"the deployment's mode is {deployment.Mode}, this server's ({SettingName.IdentityMode}) is {mode.Mode}"
        : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deployment = await _unfit.Task.WaitAsync(stoppingToken);
        if (deployment.Requires == Deployment.LevelOfImport) Log.Importing(logger);
        else if (deployment.Requires > Deployment.Level)
            Log.TooOld(logger, deployment.Requires, Deployment.Level, typeof(LevelGuard).Assembly.GetName().Version);
        else Log.OtherMode(logger, deployment.Mode.ToString(), mode.Mode.ToString());
        await drain.RunAsync();
    }

    private void Look(Deployment deployment)
    {
        var problem = FindProblem(deployment, mode);
        // A database that asks for a newer version can still be served while clients go elsewhere; another mode cannot.
        if (deployment.Mode != mode.Mode) state.Close();
        else if (problem is null && !_unfit.Task.IsCompleted) state.Open(); // one that drains stays as it is
        _problem = problem; // last: when readiness says it, requests are let in or refused already
        if (problem is not null) _unfit.TrySetResult(deployment);
    }

    private static partial class Log
    {
        [LoggerMessage(9710, LogLevel.Error,
            "An import into the database is under way, or was interrupted: this server drains. Start it when the "
            + "command import has ended")]
        public static partial void Importing(ILogger logger);

        [LoggerMessage(1035, LogLevel.Error,
            "The database requires a server of level {Required}, and this one, version {Version}, has level {Level}: "
            + "it drains. Start a version of that level")]
        public static partial void TooOld(ILogger logger, int required, int level, Version? version);

        [LoggerMessage(1036, LogLevel.Error,
            "The mode of the deployment is {Required} now, and this server's is {Own}: it drains")]
        public static partial void OtherMode(ILogger logger, string required, string own);
    }
}
