namespace Chat.Server.Limits;

/// <summary>What limits know of one client (<see cref="ClientKey"/>), whichever of its connections and requests it
/// is.</summary>
internal sealed class ClientAccount(ClientKey key)
{
    private const int Closed = -1;

    private ClientCounters _counters;
    private int _connections;

    public ClientKey Key => key;

    /// <summary>Its open connections.</summary>
    public int Connections => Math.Max(0, Volatile.Read(ref _connections));

    /// <summary>The counter of a kind that clients count.</summary>
    public ref long this[LimitKind kind] => ref _counters[(int)kind - (int)ClientRates.First];

    /// <summary>Counts one more connection.</summary>
    /// <returns>False: there are as many as may be. Null: the account was closed in this moment.</returns>
    public bool? TryEnter(int most)
    {
        while (true)
        {
            var open = Volatile.Read(ref _connections);
            if (open == Closed) return null;
            if (open >= most) return false;
            if (Interlocked.CompareExchange(ref _connections, open + 1, open) == open) return true;
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _connections);

    /// <summary>Closes the account when it is as if the client had never asked for anything.</summary>
    public bool TryClose(long now)
    {
        foreach (ref var due in (Span<long>)_counters)
            if (Interlocked.Read(ref due) > now) return false;
        return Interlocked.CompareExchange(ref _connections, Closed, 0) is 0 or Closed;
    }
}
