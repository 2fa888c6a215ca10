using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Erasures;

/// <summary>Erases content of a conversation, and says so with one entry. Behind the entry nothing of it is
/// left.</summary>
/// <remarks>Most of it is erased ahead of the entry, in short transactions, so that no sender waits for long. The
/// newest of what is found is left for the entry, whose transaction erases what is there by then: so while there is
/// content there is no entry, and a run that was interrupted is known to be unfinished.</remarks>
internal sealed class ContentEraser(ErasureStore store, IErasureEntries entries)
{
    /// <summary>Entries that a transaction erases at most, and a query looks at.</summary>
    private const int Step = 1_000, Window = 20_000;

    /// <returns>How many messages, and deletions that said why, were erased; 0: there was nothing, and there is no
    /// entry.</returns>
    /// <exception cref="Core.ChatException">The entry may not be stored now, or could not be.</exception>
    /// <exception cref="StoreException">The database could not be used. What was erased stays so.</exception>
    public async Task<long> EraseAsync(ErasureOrder order, CancellationToken ct)
    {
        await entries.DemandAsync(ct);
        var (count, left, end) = await EraseAheadAsync(order, ct);
        if (left is not { } last) return 0;
        List<ErasedPart> parts = [new(last - 1, last)];
        if (order.Through is null) parts.Add(new ErasedPart(end, ErasedPart.ToEntry));
        await entries.AppendAsync(order, parts, ct);
        return count;
    }

    /// <summary>The same without an entry: for content that must go while none may be stored.</summary>
    public async Task<long> EraseSilentlyAsync(ErasureOrder order, CancellationToken ct)
    {
        var (count, left, _) = await EraseAheadAsync(order, ct);
        if (left is { } last)
            await store.EraseAsync(order.ConversationId, [new ErasedPart(last - 1, last)], order.User, ct);
        return count;
    }

    /// <returns>How many were found; the newest of them, which is not erased yet; up to where was looked.</returns>
    private async Task<(long Count, long? Left, long End)> EraseAheadAsync(ErasureOrder order, CancellationToken ct)
    {
        var (count, left, at) = (0L, (long?)null, order.After);
        var end = order.Through ?? await store.HeadAsync(order.ConversationId, ct);
        while (at < end)
        {
            var window = new ErasedPart(at, Math.Min(end, at + Window));
            var found = await store.FindAsync(order.ConversationId, window, order.User, Step, ct);
            if (found.Count > 0)
            {
                var ahead = new List<ErasedPart>(2);
                if (left is { } last) ahead.Add(new ErasedPart(last - 1, last));
                if (found.Count > 1) ahead.Add(new ErasedPart(at, found[^2]));
                if (ahead.Count > 0) await store.EraseAsync(order.ConversationId, ahead, order.User, ct);
                (count, left) = (count + found.Count, found[^1]);
            }
            at = found.Count == Step ? found[^1] : window.UpTo;
        }
        return (count, left, end);
    }
}
