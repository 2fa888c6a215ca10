using System.Diagnostics;
using Chat.Benchmarks.Load.Clients;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>Rooms, their members' connections, and messages through them.</summary>
internal sealed class RoomTraffic(LoadRun run, TrafficShape shape) : IAsyncDisposable
{
    private const int ConnectingAtOnce = 64;

    private static readonly TimeSpan DrainBound = TimeSpan.FromSeconds(20);

    private readonly string _name = $"load-{Random.Shared.Next():x8}";
    private List<Task> _sending = [];
    private volatile bool _stopping;

    public TrafficMeter Meter { get; } = new((uint)Random.Shared.Next());

    public Room[] Rooms { get; private set; } = [];

    public IEnumerable<Member> Members => Rooms.SelectMany(room => room.Members);

    public long Received => Members.Sum(member => member.Messages);

    public int Sent => Rooms.Sum(room => room.Sent);

    /// <summary>Makes the conversations, connects every member and joins it.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        Rooms = [.. Enumerable.Range(0, shape.Rooms).Select(index => new Room(index, shape, Meter, run.Report, _name))];
        await using (var conversations = await Conversations.ConnectAsync(run.Target, $"{_name}-owner", ct))
            foreach (var room in Rooms)
                room.Conversation = await conversations.CreateAsync(room.Members.Select(member => member.User), ct);
        var places = Rooms.SelectMany(room => room.Members.Select(member => (room, member)));
        await Parallel.ForEachAsync(places,
            new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = ct },
            async (place, token) => await ConnectAsync(place.room, place.member, after: null, token));
    }

    /// <summary>Connects a member, again when it was before.</summary>
    public async Task ConnectAsync(Room room, Member member, long? after, CancellationToken ct)
    {
        if (member.Client is { } old) await old.DisposeAsync();
        var sabotaged = run.Sabotage != Sabotage.None && room.Index == 0 && member.Slot == 0;
        IDeliverySink sink = sabotaged ? new SabotagedSink(member, run.Sabotage) : member;
        var slow = room.Index == 0 && member.Slot >= room.Members.Length - shape.SlowMembers;
        member.Client = await LoadClient.ConnectAsync(shape.Transport,
            run.Target.Of(member.Slot < shape.Senders ? 0 : member.Slot), member.User, sink, ct,
            slow ? shape.SlowReceiveBuffer : 0);
        if (after is { } sequence)
        {
            member.StartAfter(sequence);
            await member.Client.JoinAsync(room.Conversation, sequence, ct);
        }
        else
        {
            member.StartAfter(await member.Client.JoinAsync(room.Conversation, null, ct));
        }
    }

    /// <summary>Lets the senders go.</summary>
    public void Start(CancellationToken ct)
    {
        _stopping = false;
        var senders = Rooms.SelectMany(room => room.Senders).ToArray();
        _sending = shape.Rate > 0
            ? [Task.Run(() => PaceAsync(senders, ct), ct)]
            : [.. senders.Select(sender => Task.Run(() => sender.RunAsync(() => _stopping, ct), ct))];
    }

    /// <summary>Stops the senders and waits until every member has everything.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        _stopping = true;
        foreach (var sender in Rooms.SelectMany(room => room.Senders)) sender.Nudge();
        await Task.WhenAll(_sending);
        await VerifyAsync(
            Rooms.SelectMany(room => room.Members.Where(member => member.Measured).Select(member => (room, member))),
            ct);
    }

    /// <summary>Waits until these members have all that was sent to their rooms, and reports what they lack.</summary>
    public async Task VerifyAsync(IEnumerable<(Room Room, Member Member)> places, CancellationToken ct)
    {
        var waiting = places.ToList();
        await run.UntilAsync(() => waiting.TrueForAll(p => p.Member.Messages >= p.Room.Sent), DrainBound, ct);
        foreach (var (room, member) in waiting)
            if (member.Messages != room.Sent)
                run.Report.Problem($"{member.User}: has {member.Messages} messages of {room.Sent}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
            if (member.Client is { } client) await client.DisposeAsync();
    }

    /// <summary>Sends when a message is due; when that was missed, at once.</summary>
    private async Task PaceAsync(Sender[] senders, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        for (long n = 0; !_stopping; n++)
        {
            var due = TimeSpan.FromSeconds(n / shape.Rate) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.FromMilliseconds(1)) await run.DelayAsync(due, ct);
            await senders[n % senders.Length].SendAsync(ct);
        }
    }
}
