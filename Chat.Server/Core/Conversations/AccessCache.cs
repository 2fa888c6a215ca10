using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.Extensions.Options;

namespace Chat.Server.Core.Conversations;

/// <summary>Remembers who may do what, for a short time. Membership entries of this instance end it at once.</summary>
internal sealed class AccessCache(ConversationStore store, IOptions<CoreOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(ConversationId, UserId), Remembered> _known = new();
    private long _changes;

    /// <summary>What the user may do; null when there is no such conversation.</summary>
    /// <exception cref="StoreException">It is not remembered and the database cannot be asked.</exception>
    public ValueTask<ConversationAccess?> FindAsync(ConversationId conversation, UserId user, CancellationToken ct) =>
        _known.TryGetValue((conversation, user), out var known) && time.GetTimestamp() < known.ExpiresAt
            ? new(known.Access)
            : LoadAsync(conversation, user, ct);

    /// <summary>Forgets what a committed entry changed. Called before anybody learns of the entry.</summary>
    public void Observe(ConversationEntry entry)
    {
        if (entry is ParticipantsAddedEntry added)
            foreach (var user in added.ParticipantIds) Forget(entry.ConversationId, user);
        else if (entry is ParticipantRemovedEntry removed)
            Forget(entry.ConversationId, removed.ParticipantId);
    }

    private void Forget(ConversationId conversation, UserId user)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove((conversation, user), out _);
    }

    private async ValueTask<ConversationAccess?> LoadAsync(ConversationId conversation, UserId user, CancellationToken ct)
    {
        var changes = Interlocked.Read(ref _changes);
        var access = await store.FindAccessAsync(conversation, user, ct);
        // What was read before a change must not outlive it; and "not for you" is not kept, because being added elsewhere ends it.
        if (access is { MayRead: true } && changes == Interlocked.Read(ref _changes)) Remember((conversation, user), access);
        return access;
    }

    private void Remember((ConversationId, UserId) key, ConversationAccess access)
    {
        if (_known.Count >= options.Value.AccessCacheSize) _known.Clear();
        var lifetime = options.Value.AccessCacheSeconds * time.TimestampFrequency;
        _known[key] = new Remembered(access, time.GetTimestamp() + lifetime);
    }

    private readonly record struct Remembered(ConversationAccess? Access, long ExpiresAt);
}
