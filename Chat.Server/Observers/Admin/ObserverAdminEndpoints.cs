using Chat.Server.Observers.Store;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Observers.Admin;

/// <summary>Observers, for operators.</summary>
internal sealed class ObserverAdminEndpoints(
    OverviewStore observers, ObserverRewinds rewinds, IEnumerable<ObserverHost> hosts, ObserverMetrics metrics,
    TimeProvider time)
{
    public async Task ListAsync(HttpContext http)
    {
        var now = time.GetUtcNow();
        var shown = (await observers.ListAsync(http.RequestAborted)).ConvertAll(one => BodyOf(one, now));
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new ObserversBody(now, shown),
            ObserverAdminJson.Default.ObserversBody);
    }

    /// <summary>What failed is tried at once.</summary>
    public async Task RetryAsync(HttpContext http)
    {
        if (!await rewinds.RetryAsync(http.Request.Query["observer"].ToString(), http.RequestAborted))
            throw new NotFoundException("observer not found");
        await ChangedAnswer.WriteAsync(http);
    }

    private ObserverBody BodyOf(ObserverOverview one, DateTimeOffset now)
    {
        var isHere = one.IsLeased && hosts.Any(host => host.Me == one.Row.Owner);
        return new ObserverBody(
            one.Row.Name, one.IsLeased ? one.Row.Owner : null, isHere, isHere ? metrics.IsStalled(one.Row.Name) : null,
            one.EntriesBehind, one.Since is { } since ? Math.Round(Math.Max(0, (now - since).TotalSeconds), 3) : 0,
            one.ParkedCount, [.. one.Parked.Select(parked => new ParkedBody(
                parked.Conversation.Value, parked.Position, parked.Attempts, parked.NextAt, parked.Error))]);
    }
}
