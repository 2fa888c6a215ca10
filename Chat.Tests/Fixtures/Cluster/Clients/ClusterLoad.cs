using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>A load on a cluster: senders, readers, outsiders and a guest, all of them reconnecting to any instance for
/// ever.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2), QueueLook = TimeSpan.FromMilliseconds(20);

    private readonly ChatCluster _cluster;
    private readonly ClientContext _context;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly string _guest;
    private readonly GuestHost? _host;
    private readonly Task _sending;

    private ClusterLoad(ChatCluster cluster, ClientContext context, Guid group, long lobbyHead, LoadShape shape)
    {
        (_cluster, _context, _guest) = (cluster, context, LoadCrew.GuestOf(shape));
        Conversations = [group, ConversationId.Lobby.Value];
        Quota = new SendQuota(shape.Messages, shape.PerSecond, context.Time);
        var crew = new LoadCrew(context, group, lobbyHead, shape, Quota);
        (Senders, Readers, Outsiders) = (crew.Senders, crew.Histories, crew.Outsiders);
        _running.AddRange(crew.Clients.Select(Start));
        var finite = crew.Senders.Select(Start).ToList();
        if (shape.Guest) finite.Add(Start(_host = new GuestHost(context, HostOf(shape), group, _guest)));
        _sending = Task.WhenAll(finite);
    }

    /// <summary>The group, and the lobby.</summary>
    public IReadOnlyList<Guid> Conversations { get; }

    public SendQuota Quota { get; }

    public IReadOnlyList<LoadSender> Senders { get; }

    public IReadOnlyList<ReaderHistory> Readers { get; }

    public IReadOnlyList<Outsider> Outsiders { get; }

    public int Acknowledged => Senders.Sum(sender => sender.Acknowledged.Count);

    public static async Task<ClusterLoad> StartAsync(ChatCluster cluster, LoadShape shape)
    {
        var context = new ClientContext(cluster.Any, TimeProvider.System);
        await using var hub = HubLink.Prepare(cluster[0].Address, HostOf(shape));
        await hub.StartAsync();
        var group = await hub.CreateConversationAsync(
            new CreateConversation
            {
                ParticipantIds = [.. LoadCrew.MembersOf(shape).Append(LoadCrew.GuestOf(shape)).Select(UserId.Parse)]
            });
        var lobby = await LogEnd.ReadAsync(cluster.ConnectionString, ConversationId.Lobby.Value);
        return new ClusterLoad(cluster, context, group.Id.Value, lobby.Sequence, shape);
    }

    /// <summary>Waits until every message is acknowledged, nobody is removed any more, and every reader has been shown
    /// the end of its log.</summary>
    /// <returns>False when that was not so within the bound.</returns>
    public async Task<bool> LevelAsync(TimeSpan bound)
    {
        _host?.Stop();
        var started = _context.Time.GetTimestamp();
        if (await Task.WhenAny(_sending, Task.Delay(bound, _context.Time, CancellationToken.None)) != _sending)
            return false;
        await _sending;
        // What was accepted over REST is on its way through the queue.
        while (await QueueReading.CountUnfinishedAsync(_cluster.ConnectionString) > 0)
        {
            if (_context.Time.GetElapsedTime(started) > bound) return false;
            await Task.Delay(QueueLook, _context.Time, CancellationToken.None);
        }
        var ends = new Dictionary<Guid, LogEnd>();
        foreach (var conversation in Conversations)
            ends[conversation] = await LogEnd.ReadAsync(_cluster.ConnectionString, conversation);
        while (!Readers.All(reader => ends[reader.Conversation].IsReachedBy(reader)))
        {
            if (_context.Time.GetElapsedTime(started) > bound) return false;
            await Task.Delay(Look, _context.Time, CancellationToken.None);
        }
        return true;
    }

    /// <summary>Who is not level yet, to say why a run failed.</summary>
    public async Task<string> LaggardsAsync()
    {
        var text = new List<string>();
        if (Acknowledged < Quota.Messages) text.Add($"{Acknowledged} of {Quota.Messages} messages are acknowledged");
        if (_host is { IsDone: false }) text.Add("the guest is still being added or removed");
        if (await QueueReading.CountUnfinishedAsync(_cluster.ConnectionString) is > 0 and var waiting)
            text.Add($"{waiting} messages accepted over REST are not stored yet");
        foreach (var conversation in Conversations)
        {
            var end = await LogEnd.ReadAsync(_cluster.ConnectionString, conversation);
            text.AddRange(Readers.Where(reader => reader.Conversation == conversation && !end.IsReachedBy(reader))
                .Select(reader => $"{reader.Reader} is at {reader.Last} of {end.Sequence}"));
        }
        return text.Count == 0 ? "all are level" : string.Join("; ", text);
    }

    /// <summary>Ends all clients and collects what they know, and what the database has.</summary>
    public async Task<ClusterHistory> StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll([_sending, .. _running]);
        var logs = new Dictionary<Guid, IReadOnlyList<LoggedEntry>>();
        foreach (var conversation in Conversations)
            logs[conversation] = await LogReading.ReadAsync(_cluster.ConnectionString, conversation);
        return new ClusterHistory
        {
            Logs = logs,
            Acknowledged = Senders.GroupBy(sender => sender.Conversation).ToDictionary(group => group.Key,
                group => (IReadOnlyList<Acknowledgement>)[.. group.SelectMany(sender => sender.Acknowledged)]),
            Readers = Readers,
            Outsiders = Outsiders.Select(outsider => outsider.User).ToHashSet(),
            AddedAgainAt = new Dictionary<string, IReadOnlyList<long>> { [_guest] = _host?.AddedAt ?? [] },
            Complaints = _context.Complaints,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll([_sending, .. _running]);
        _context.Dispose();
    }

    private static string HostOf(LoadShape shape) => $"{shape.Name}-host";

    private Task Start(ReconnectingClient client) => Task.Run(() => client.RunAsync(_stop.Token));
}
