using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Persistence;
using Microsoft.Extensions.Options;

namespace Chat.Server.Core.Conversations;

/// <summary>Caches access rights for a short time. Membership entries invalidate it at once: those of this instance,
/// those that its feeds see, and those that other instances announce (<see cref="AccessChanges"/>).</summary>
internal sealed class AccessCache : IEntryObserver
{
    private const int PerQuery = 500;

    /// <summary>Conversations of which all is invalid that was read before a moment.</summary>
    private const int MostChanged = 4_096;

    /// <summary>While changes of other instances may not be announced.</summary>
    private static readonly TimeSpan LifetimeWhileCutOff = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(ConversationId, UserId), Remembered> _known = new();
    private readonly Gathered<(ConversationId, UserKey), Dictionary<(ConversationId, UserKey), ConversationAccess>>
        _reads;
    private readonly BackplaneExchange _exchange;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;
    private readonly int _size;
    private readonly ConcurrentDictionary<ConversationId, long> _changedAt = new(); // for all of its users
    private bool _hasChanged; // false while _changedAt was always empty: then nothing is looked up there
    private long _changes;

    public AccessCache(
        IMessageStore store, BackplaneExchange exchange, LogIdentity identity, IOptions<CoreOptions> options,
        TimeProvider time)
    {
        (_exchange, _time) = (exchange, time);
        // No token: others may wait for the same query.
        _reads = new(whose => store.FindAccessAsync(whose, CancellationToken.None), PerQuery, time);
        (_lifetime, _size) = (TimeSpan.FromSeconds(options.Value.AccessCacheSeconds), options.Value.AccessCacheSize);
        HasLobby = options.Value.Lobby;
        identity.Changed += ForgetAll;
    }

    /// <summary>Whether this deployment has a lobby; if not, its id is none of a conversation.</summary>
    public bool HasLobby { get; }

    /// <summary>Whether the id may be one of a conversation.</summary>
    public bool MayExist(ConversationId conversation) => HasLobby || conversation != ConversationId.Lobby;

    /// <summary>What the user may do; null when the user's tenant has no such conversation.</summary>
    /// <param name="conversation">The conversation.</param> <param name="user">The user.</param>
    /// <param name="ct">Cancels waiting.</param> <param name="asOf">The cached access must include the log up to this
    /// sequence: another instance may have removed the user without this one knowing.</param>
    /// <exception cref="StoreException">It is not cached and the database is not available.</exception>
    public ValueTask<ConversationAccess?> FindAsync(
        ConversationId conversation, UserKey user, CancellationToken ct, long asOf = 0) =>
        _known.TryGetValue((conversation, user.Id), out var known) && known.Tenant == user.Tenant
            && IsFresh(conversation, known, asOf)
            ? new(known.Access)
            : new(ReadAsync(conversation, user, ct));

    /// <summary>The same, always from the database: for pages that are read from there, which no feed would
    /// stop.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task<ConversationAccess?> ReadAsync(ConversationId conversation, UserKey user, CancellationToken ct)
    {
        if (!MayExist(conversation)) return null;
        var changes = Interlocked.Read(ref _changes);
        var at = _time.GetTimestamp();
        var access = (await _reads.AskAsync((conversation, user), ct)).GetValueOrDefault((conversation, user));
        // A result that was read before a change must not outlive it. "No access" is not cached, because the user may
        // be added on another instance.
        var key = (conversation, user.Id);
        if (access is { MayRead: true })
        {
            if (changes == Interlocked.Read(ref _changes)) Remember(key, new Remembered(user.Tenant, access, at));
        }
        else if (_known.TryGetValue(key, out var known) && known.Tenant == user.Tenant)
            _known.TryRemove(key, out _);
        return access;
    }

    /// <summary>Invalidates what a committed entry changed. Called before the entry is announced.</summary>
    public void Observe(ConversationEntry entry)
    {
        if (ConcernedBy(entry) is not { } users) return;
        if (users.Count == 0) ForgetAll(entry.ConversationId);
        foreach (var user in users) Forget(entry.ConversationId, user);
    }

    /// <summary>Whose access the entry changes: none stands for everybody's. Null: nobody's.</summary>
    public static IReadOnlyList<UserId>? ConcernedBy(ConversationEntry entry) => entry switch
    {
        MessageEntry => null, // nearly all are
        ParticipantsAddedEntry { ParticipantIds: { Count: > 0 } added } => added,
        ParticipantRemovedEntry removed => [removed.ParticipantId],
        RoleChangedEntry changed => [changed.ParticipantId],
        ConversationChangedEntry { SlowModeSeconds: not null } => [],
        ConversationChangedEntry { IsArchived: not null } => [],
        _ => null,
    };

    public void Forget(ConversationId conversation, UserId user)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove((conversation, user), out _);
    }

    /// <summary>What everybody may do there has changed.</summary>
    public void ForgetAll(ConversationId conversation)
    {
        Interlocked.Increment(ref _changes);
        if (_changedAt.Count >= MostChanged) ForgetAll();
        _changedAt[conversation] = _time.GetTimestamp();
        Volatile.Write(ref _hasChanged, true);
    }

    /// <summary>Changes may have been missed: invalidates everything.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref _changes);
        // In this order: if the first call drops a change that is noted meanwhile, the second call drops the access
        // that the change made outdated.
        _changedAt.Clear();
        _known.Clear();
    }

    private bool IsFresh(ConversationId conversation, Remembered known, long asOf) =>
        _time.GetElapsedTime(known.At) < (_exchange.Problem is not null && _lifetime > LifetimeWhileCutOff
            ? LifetimeWhileCutOff
            : _lifetime)
        && known.Access.AsOf >= asOf
        && (known.Access.Until is not { } until || _time.GetUtcNow() < until)
        && (!Volatile.Read(ref _hasChanged) || !_changedAt.TryGetValue(conversation, out var changed)
            || known.At > changed);

    private void Remember((ConversationId, UserId) key, Remembered access)
    {
        if (_known.Count >= _size) _known.Clear();
        _known[key] = access;
    }

    /// <param name="Tenant">The conversation's: of one of another tenant nothing is remembered.</param>
    /// <param name="Access">What the user of that tenant may do.</param>
    /// <param name="At">When that was asked.</param>
    private readonly record struct Remembered(Tenant Tenant, ConversationAccess Access, long At);
}
