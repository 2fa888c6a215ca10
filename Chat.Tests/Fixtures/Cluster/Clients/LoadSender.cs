using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Sends its share of the load. What is not acknowledged it sends again under the same key, for as long as it
/// takes.</summary>
internal sealed class LoadSender(
    ClientContext context, string user, Guid conversation, OpenSending open, SendQuota quota)
    : ReconnectingClient(context, user)
{
    private readonly List<PendingSend> _pending = [];
    private readonly List<Acknowledgement> _acknowledged = [];
    private readonly List<TimeSpan> _latencies = [];
    private int _connection;
    private int _place;

    /// <summary>Messages that one connection has under way at once. 1 unless told.</summary>
    public int Window { get; init; } = 1;

    /// <summary>False where the transport has no dedupe key.</summary>
    public bool Keyed { get; init; } = true;

    /// <summary>The transport promises that messages of one connection are stored in the order in which they were
    /// sent.</summary>
    public bool Ordered { get; init; }

    public Guid Conversation => conversation;

    public IReadOnlyList<Acknowledgement> Acknowledged => _acknowledged;

    /// <summary>From the first attempt to the acknowledgement.</summary>
    public IReadOnlyList<TimeSpan> Latencies => _latencies;

    protected override async Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct)
    {
        ISending connection;
        using (var patience = Context.PatienceOf(ct))
            connection = await open(Context, instance, User, conversation, patience.Token);
        await using var closing = connection;
        _connection++;
        while (true)
        {
            if (_pending.Count == 0 && !await TakeAsync(ct)) return true;
            using var patience = Context.PatienceOf(ct);
            var sends = _pending.ToArray();
            var first = _place;
            _place += sends.Length;
            await connection.SendAsync(sends,
                (send, answer) => Acknowledge(send, answer, first + Array.IndexOf(sends, send)), patience.Token);
        }
    }

    private async Task<bool> TakeAsync(CancellationToken ct)
    {
        if (await quota.NextAsync(ct) is not { } first) return false;
        Add(first);
        while (_pending.Count < Window && quota.TryNext(out var number)) Add(number);
        return true;
    }

    private void Add(int number) =>
        _pending.Add(new PendingSend($"{User}-{number}", $"message {number} of {User}", Context.Time.GetTimestamp()));

    private void Acknowledge(PendingSend send, SendAnswer answer, int place)
    {
        if (!_pending.Remove(send)) return;
        _latencies.Add(Context.Time.GetElapsedTime(send.Since));
        _acknowledged.Add(new Acknowledgement(User, send.Body, Keyed ? send.Key : null, answer.Id, answer.Sequence)
        {
            Duplicate = answer.Duplicate,
            Order = Ordered ? (_connection, place) : null,
        });
    }
}
