using System.Collections.Concurrent;
using System.Net.Http;

namespace Chat.Server.Identity.Tokens;

/// <summary>Fetches the keys of issuers that have an address for them: before the first token is looked at, and for as
/// long as it takes. From then on the framework keeps them up to date.</summary>
/// <remarks>So no caller makes the server fetch anything while an issuer cannot be reached.</remarks>
internal sealed partial class IssuerKeys(Issuers issuers, TimeProvider time, ILogger<IssuerKeys> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500), LongestWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> _fetched = new(StringComparer.Ordinal);

    public bool AreKnownOf(Issuer issuer) => !issuer.HasDiscovery || _fetched.ContainsKey(issuer.Scheme);

    /// <summary>Of readiness: null when the keys of all issuers are there.</summary>
    public string? Problem => issuers.All.FirstOrDefault(issuer => !AreKnownOf(issuer)) is { } missing
        ? $"the keys of the issuer {missing.Scheme} are not to be had"
        : null;

    /// <summary>Tries each that is missing, once.</summary>
    public Task FetchAsync(CancellationToken ct) => Task.WhenAll(
        issuers.All.Where(issuer => !AreKnownOf(issuer)).Select(issuer => TryFetchAsync(issuer, ct)));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        issuers.All.Where(issuer => issuer.HasDiscovery).Select(issuer => KeepFetchingAsync(issuer, stoppingToken)));

    private async Task KeepFetchingAsync(Issuer issuer, CancellationToken ct)
    {
        for (var wait = FirstWait; !await TryFetchAsync(issuer, ct); wait = Min(2 * wait, LongestWait))
            await Task.Delay(wait, time, ct);
    }

    private async Task<bool> TryFetchAsync(Issuer issuer, CancellationToken ct)
    {
        try
        {
            var found = await issuer.Options.ConfigurationManager!.GetConfigurationAsync(ct);
            if (found.SigningKeys.Count == 0) throw new InvalidOperationException("there are no keys in it");
            _fetched[issuer.Scheme] = true;
            return true;
        }
        // What the framework throws of an address that does not answer, or answers something else.
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.NotFetched(logger, issuer.Scheme, (e.InnerException ?? e).Message);
            return false;
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(1080, LogLevel.Warning,
            "The keys of the issuer {Scheme} could not be fetched: {Reason} It is tried again; its tokens are refused "
            + "until then")]
        public static partial void NotFetched(ILogger logger, string scheme, string reason);
    }
}
