using Chat.Server.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chat.Server.Embedding;

/// <summary>The chat's readiness as a health check of the application.</summary>
internal sealed class ChatHealthCheck(IServiceProvider host) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var readiness = EmbeddedChat.ServicesIn(host).GetRequiredService<Readiness>();
        var (failing, degraded) = await readiness.AskAsync(cancellationToken);
        return failing is not null ? new HealthCheckResult(context.Registration.FailureStatus, TextOf(failing))
            : degraded is not null ? HealthCheckResult.Degraded(TextOf(degraded))
            : HealthCheckResult.Healthy();
    }

    private static string TextOf(SortedDictionary<string, string> problems) =>
        string.Join("; ", problems.Select(problem => $"{problem.Key}: {problem.Value}"));
}
