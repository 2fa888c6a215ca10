using System.Net;
using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Limits;

/// <summary>The one place that decides whether a client may do something once more, whichever of its connections and
/// requests it is.</summary>
internal sealed class ClientLimits
{
    private readonly ClientAccounts _clients;
    private readonly LimitMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Rate[] _rates;
    private readonly string[] _reasons;
    private readonly bool _isOff;

    public ClientLimits(LimitsOptions options, ClientAccounts clients, LimitMetrics metrics, TimeProvider time)
    {
        (_clients, _metrics, _time, _isOff) = (clients, metrics, time, options.Factor == 0);
        _rates = [.. Kinds.Select(kind => ClientRates.Of(kind, options, clients.AreAddresses))];
        _reasons = [.. Kinds.Select((kind, i) => ClientRates.Words(kind, _rates[i], clients.AreAddresses))];
    }

    private static IEnumerable<LimitKind> Kinds =>
        Enumerable.Range((int)ClientRates.First, ClientRates.Kinds).Select(kind => (LimitKind)kind);

    /// <summary>The account of a call of this user from this address; null: it is not counted.</summary>
    public ClientAccount? Find(UserKey user, IPAddress? from) =>
        _isOff || _clients.KeyOf(user, from) is not { } key ? null : _clients.Of(key);

    /// <summary>Takes one, or as many as are said, all or none.</summary>
    /// <returns>Null; or the refusal with the time to wait, and then none was taken.</returns>
    public ChatError? Take(ClientAccount? client, LimitKind kind, int count = 1)
    {
        var wait = WaitFor(client, kind, count);
        return wait == TimeSpan.Zero ? null : Refuse(kind, wait);
    }

    /// <summary>Takes a message.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="bytes">Its length, as it came.</param>
    /// <param name="full">What was too much.</param>
    /// <returns>Zero; or how long to wait, and then nothing was taken.</returns>
    public TimeSpan TakeSend(ClientAccount? client, int bytes, out LimitKind full) =>
        TakeBoth(client, (LimitKind.ClientSends, 1), (LimitKind.ClientBytes, ClientRates.StepsOf(bytes)), out full);

    /// <summary>The same, with the refusal.</summary>
    public ChatError? TakeSend(ClientAccount? client, int bytes) =>
        TakeSend(client, bytes, out var full) is var wait && wait == TimeSpan.Zero ? null : Refuse(full, wait);

    /// <summary>Takes a new conversation with so many others in it.</summary>
    /// <returns>Null; or the refusal with the time to wait, and then nothing was taken.</returns>
    public ChatError? TakeCreate(ClientAccount? client, int participants) =>
        TakeBoth(client, (LimitKind.Creates, 1), (LimitKind.Adds, participants), out var full) is var wait
            && wait == TimeSpan.Zero ? null : Refuse(full, wait);

    private TimeSpan TakeBoth(
        ClientAccount? client, (LimitKind Kind, int Count) one, (LimitKind Kind, int Count) other, out LimitKind full)
    {
        full = one.Kind;
        var wait = WaitFor(client, one.Kind, one.Count);
        if (wait > TimeSpan.Zero) return wait;
        full = other.Kind;
        wait = WaitFor(client, other.Kind, other.Count);
        if (wait > TimeSpan.Zero) RateOf(one.Kind).Return(ref client![one.Kind], one.Count);
        return wait;
    }

    private TimeSpan WaitFor(ClientAccount? client, LimitKind kind, int count) => client is null || _isOff
        ? TimeSpan.Zero
        : RateOf(kind).Take(ref client[kind], Rate.Clock(_time), count);

    private Rate RateOf(LimitKind kind) => _rates[kind - ClientRates.First];

    /// <summary>The refusal of what was too much.</summary>
    public ChatError Refuse(LimitKind kind, TimeSpan wait)
    {
        _metrics.Refused(kind);
        return ChatError.WithRetry(ChatErrorCode.RateLimited, _reasons[kind - ClientRates.First], wait);
    }
}
