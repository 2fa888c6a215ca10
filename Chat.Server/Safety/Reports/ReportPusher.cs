using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Server.Rights.Store;

namespace Chat.Server.Safety.Reports;

/// <summary>Shows connected moderators that the open reports have changed. A turn per second takes what changed
/// meanwhile, at most <see cref="ChangesPerTurn"/>, and asks for each conversation who of this instance's users is its
/// moderator.</summary>
internal sealed partial class ReportPusher(
    ReportChanges changes, RightsStore rights, ConnectionRegistry connections, TimeProvider time,
    ILogger<ReportPusher> logger) : BackgroundService
{
    private const int ChangesPerTurn = 20, UsersPerQuery = 1_000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var changed = await changes.Waiting.TakeAsync(ChangesPerTurn, stoppingToken);
            var watching = connections.All
                .Where(connection => connection.Outbound is { WatchesReports: true }).ToList();
            foreach (var change in changed) await TryPushAsync(change, watching, stoppingToken);
            await Task.Delay(Turn, time, stoppingToken);
        }
    }

    private async Task TryPushAsync(ReportChange change, List<Connection> watching, CancellationToken ct)
    {
        try
        {
            await PushAsync(change, watching, ct);
        }
        catch (StoreException e)
        {
            Log.NotRead(logger, e);
            if (e.Failure != StoreFailure.Rejected) changes.Waiting.Add(change);
        }
    }

    private async Task PushAsync(ReportChange change, List<Connection> watching, CancellationToken ct)
    {
        var signal = new EncodedSignal(new ReportSignal(change.Conversation, change.About));
        var bySeesAll = watching.Where(connection => connection.User.Tenant == change.About.Tenant
            && connection.User != change.About).ToLookup(connection => ReportQueue.SeesAll(connection.Caller));
        foreach (var one in bySeesAll[true]) one.Outbound!.Post(signal);
        foreach (var some in bySeesAll[false].Chunk(UsersPerQuery))
        {
            var users = some.Select(connection => connection.User.Id).ToHashSet();
            if (await rights.FindAsync(change.Conversation, change.About.Tenant, users, ct) is not { } roles) return;
            foreach (var one in some)
                if (Actor.Of(one.Caller, roles).May(ConversationAct.SeeReports)) one.Outbound!.Post(signal);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9660, LogLevel.Warning, "Who is to be told of a report could not be read; it is tried again")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
