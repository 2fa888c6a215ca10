using System.Collections.Concurrent;
using System.Net;
using Chat.Server.Callers;

namespace Chat.Server.Limits;

/// <summary>The accounts of all clients that have a connection, or have taken anything lately.</summary>
/// <remarks>Bounded: there are at most <see cref="Most"/> without a connection. Further ones share an account, until
/// others have rested long enough to be forgotten. One of a connection always has its own, and connections are bounded
/// by <see cref="ConnectionRoom"/>.</remarks>
internal sealed class ClientAccounts(IdentityMode mode, CountedAddresses addresses, TimeProvider time)
{
    public const int Most = 65_536;

    private static readonly long SweepTicks = TimeSpan.FromSeconds(1).Ticks;

    private readonly ConcurrentDictionary<ClientKey, ClientAccount> _accounts = new();
    private readonly ClientAccount _rest = new(default);
    private long _count;
    private long _sweptAt = long.MinValue / 2;

    /// <summary>True: addresses are counted, because nobody proves who it is.</summary>
    public bool AreAddresses => mode == IdentityMode.Open;

    /// <summary>How many are kept.</summary>
    public int Count => (int)Interlocked.Read(ref _count);

    /// <summary>Whom a call of this user from this address is counted for; null: it is not counted.</summary>
    /// <param name="user">Without id: nobody in particular.</param>
    /// <param name="from">The address; null where there is none.</param>
    public ClientKey? KeyOf(UserKey user, IPAddress? from) =>
        !AreAddresses ? user.Id == default ? null : ClientKey.Of(user)
        : addresses.KeyOf(from) is { } address ? ClientKey.Of(address)
        : null;

    /// <summary>The account to count something for.</summary>
    public ClientAccount Of(ClientKey key)
    {
        if (_accounts.TryGetValue(key, out var account)) return account;
        if (Count >= Most) Sweep(Rate.Clock(time));
        return Count >= Most ? _rest : Add(key);
    }

    /// <summary>How many connections it has.</summary>
    public int ConnectionsOf(ClientKey key) => _accounts.TryGetValue(key, out var found) ? found.Connections : 0;

    /// <summary>Counts one more connection.</summary>
    /// <returns>Its account; null: there are as many as may be.</returns>
    public ClientAccount? TryEnter(ClientKey key, int most)
    {
        if (Count >= Most) Sweep(Rate.Clock(time));
        while (true)
        {
            var account = Add(key);
            if (account.TryEnter(most) is { } hasEntered) return hasEntered ? account : null;
            Remove(account); // the sweep has closed it, and is about to do that
        }
    }

    private ClientAccount Add(ClientKey key)
    {
        if (_accounts.TryGetValue(key, out var account)) return account;
        var added = new ClientAccount(key);
        account = _accounts.GetOrAdd(key, added);
        if (ReferenceEquals(account, added)) Interlocked.Increment(ref _count);
        return account;
    }

    /// <summary>Forgets those that are as if they had never asked for anything. At most once per second: it looks at
    /// all.</summary>
    private void Sweep(long now)
    {
        var before = Interlocked.Read(ref _sweptAt);
        if (now - before < SweepTicks || Interlocked.CompareExchange(ref _sweptAt, now, before) != before) return;
        foreach (var pair in _accounts)
            if (pair.Value.TryClose(now)) Remove(pair.Value);
    }

    private void Remove(ClientAccount account)
    {
        if (_accounts.TryRemove(KeyValuePair.Create(account.Key, account))) Interlocked.Decrement(ref _count);
    }
}
