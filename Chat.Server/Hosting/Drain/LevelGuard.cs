using Chat.Server.FanOut;
using Chat.Server.Hosting.Health;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.Hosting.Drain;

/// <summary>Empties this instance when its database requires a newer version, and keeps it from getting
/// ready.</summary>
internal sealed partial class LevelGuard(LogIdentity identity, Drain drain, ILogger<LevelGuard> logger)
    : BackgroundService, IReadinessCheck
{
    public string Name => "deployment";

    public ValueTask<string?> CheckAsync(CancellationToken ct) => ValueTask.FromResult(
        identity.Current is not { } deployment ? "the database is not known yet"
        : deployment.Requires > Deployment.Level ? Problem(deployment)
        : null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deployment = await identity.TooOld.WaitAsync(stoppingToken);
        Log.TooOld(logger, deployment.Requires, Deployment.Level, typeof(LevelGuard).Assembly.GetName().Version);
        await drain.RunAsync();
    }

    private static string Problem(Deployment deployment) =>
        $"the database requires level {deployment.Requires}, this version has {Deployment.Level}";

    private static partial class Log
    {
        [LoggerMessage(1035, LogLevel.Error,
            "The database requires a server of level {Required}, and this one, version {Version}, has level {Level}: "
            + "it drains. Start a version of that level")]
        public static partial void TooOld(ILogger logger, int required, int level, Version? version);
    }
}
