using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Health;

/// <summary>Asks every check at once, within a bound.</summary>
internal sealed partial class Readiness(
    IEnumerable<IReadinessCheck> checks, IOptions<ServerOptions> options, TimeProvider time, ILogger<Readiness> logger)
{
    private readonly IReadinessCheck[] _checks = checks.ToArray();

    /// <returns>What is failing and what is only degraded, by the check's name; each null when nothing is.</returns>
    public async Task<(SortedDictionary<string, string>? Failing, SortedDictionary<string, string>? Degraded)> AskAsync(
        CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ReadinessSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        var results = await Task.WhenAll(_checks.Select(check => AskAsync(check, either.Token, ct)));
        SortedDictionary<string, string>? failing = null, degraded = null;
        for (var i = 0; i < results.Length; i++)
            if (results[i] is { } problem)
                (_checks[i].Degrades
                    ? degraded ??= new(StringComparer.Ordinal)
                    : failing ??= new(StringComparer.Ordinal))[_checks[i].Name] = problem;
        return (failing, degraded);
    }

    private async Task<string?> AskAsync(IReadinessCheck check, CancellationToken bound, CancellationToken caller)
    {
        try
        {
            // WaitAsync: a check that does not look at its token must not hold up the answer.
            return await check.CheckAsync(bound).AsTask().WaitAsync(bound);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return "no answer in time";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.CheckFailed(logger, check.Name, e.GetType().Name, e.Message);
            return "failed";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Warning, "Readiness check {Check} failed: {Exception}: {Reason}")]
        public static partial void CheckFailed(ILogger logger, string check, string exception, string reason);
    }
}
