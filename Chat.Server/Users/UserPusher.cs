using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;

namespace Chat.Server.Users;

/// <summary>Shows connected users who has another name. A turn a second takes who changed meanwhile, at most
/// <see cref="UsersPerTurn"/>, and asks for each who of this instance's users may know.</summary>
internal sealed partial class UserPusher(
    UserChanges changes, UserStore store, ConnectionRegistry connections, TimeProvider time,
    ILogger<UserPusher> logger) : BackgroundService
{
    private const int UsersPerTurn = 20, WatchersPerQuery = 1_000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var changed = await changes.Waiting.TakeAsync(UsersPerTurn, stoppingToken);
            var watchers = WatchersByName();
            foreach (var user in changed) await TryPushAsync(user, watchers, stoppingToken);
            await Task.Delay(Turn, time, stoppingToken);
        }
    }

    private ILookup<UserKey, ClientWriter> WatchersByName() => connections.All
        .Where(connection => connection.Outbound is { WatchesUsers: true })
        .ToLookup(connection => connection.User, connection => connection.Outbound!);

    private async Task TryPushAsync(UserKey user, ILookup<UserKey, ClientWriter> watchers, CancellationToken ct)
    {
        try
        {
            await PushAsync(user, watchers, ct);
        }
        catch (StoreException e)
        {
            Log.NotRead(logger, e);
            if (e.Failure != StoreFailure.Rejected) changes.Waiting.Add(user);
        }
    }

    private async Task PushAsync(UserKey user, ILookup<UserKey, ClientWriter> watchers, CancellationToken ct)
    {
        var names = watchers.Select(one => one.Key).Where(one => one.Tenant == user.Tenant).Select(one => one.Id);
        var told = new List<UserId>();
        foreach (var some in names.Chunk(WatchersPerQuery))
            told.AddRange(await store.FindSharingAsync(user, some, ct));
        if (told.Count == 0) return;
        // Read last: so nobody is shown an older name than another already was.
        var profile = (await store.ReadAsync(user.Tenant, [user.Id], ct))[0];
        var signal = new EncodedSignal(new UserSignal(user, profile.Name));
        foreach (var one in told)
            foreach (var writer in watchers[new UserKey(user.Tenant, one)]) writer.Post(signal);
    }

    private static partial class Log
    {
        [LoggerMessage(9300, LogLevel.Warning, "Users' new names could not be read; it is tried again")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
