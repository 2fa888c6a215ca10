using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Observers;

/// <summary>The conversations that an observer failed with. Each is tried again at growing intervals, from its own
/// position in its log, until nothing of it is left; then it is with the others again.</summary>
internal sealed class ParkedOnes(ObserverSession session)
{
    /// <summary>So many are tried between two pages of the others.</summary>
    private const int AtOnce = 8;

    private readonly Dictionary<ConversationId, Parked> _all = [];
    private readonly Lock _gate = new();

    public int Count
    {
        get
        {
            lock (_gate) return _all.Count;
        }
    }

    /// <summary>When the next one is to be tried; null: there is none.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            lock (_gate) return _all.Count == 0 ? null : _all.Values.Min(one => one.NextAt);
        }
    }

    public bool Has(ConversationId conversation)
    {
        lock (_gate) return _all.ContainsKey(conversation);
    }

    public void Put(IEnumerable<Parked> parked)
    {
        lock (_gate)
            foreach (var one in parked) _all[one.Conversation] = one;
    }

    /// <summary>Tries those that are due. Not while strands run: so a conversation whose log was shown to its end can
    /// go back to the others. Whatever the strands passed over was in that log, and what comes later is theirs.
    /// </summary>
    public async Task TryDueAsync(CancellationToken ct)
    {
        foreach (var one in Due(session.Now)) await TryAsync(one, ct);
    }

    private List<Parked> Due(DateTimeOffset now)
    {
        lock (_gate)
            return [.. _all.Values.Where(one => one.NextAt <= now).OrderBy(one => one.NextAt).Take(AtOnce)];
    }

    private async Task TryAsync(Parked one, CancellationToken ct)
    {
        while (true)
        {
            var entries = await session.Stores.Messages.ReadAfterAsync(
                one.Conversation, one.Position, session.Options.BatchSize, ct);
            if (entries.Count == 0)
            {
                await session.UnparkAsync(one.Conversation, ct);
                lock (_gate) _all.Remove(one.Conversation);
                return;
            }
            var (position, error) = await ShowAsync(one.Position, entries, ct);
            if (error is null || position > one.Position) session.Succeeded();
            one = error is null
                ? one with { Position = position, Attempts = 0, NextAt = session.Now, Error = null }
                : session.ToPark(
                    one.Conversation, position, position > one.Position ? 1 : one.Attempts + 1, error);
            await session.MoveParkedAsync(one, ct);
            if (error is not null) return;
        }
    }

    /// <summary>All at once, or one by one up to that which fails.</summary>
    /// <returns>How far that came.</returns>
    private async Task<(long Position, Exception? Error)> ShowAsync(
        long position, List<ConversationEntry> entries, CancellationToken ct)
    {
        var wanted = entries.FindAll(session.Wants);
        if (wanted.Count == 0 || await session.Showing.TryAsync(wanted, ct) is not { } error)
            return (entries[^1].Sequence, null);
        if (wanted.Count == 1) return (position, error);
        foreach (var entry in wanted)
        {
            if (await session.Showing.TryAsync([entry], ct) is { } failure) return (position, failure);
            position = entry.Sequence;
        }
        return (entries[^1].Sequence, null);
    }
}
