using System.Diagnostics;
using System.Runtime.InteropServices;
using Chat.Contracts.Identifiers;
using Chat.Server.Memory;

namespace Chat.Server.FanOut;

/// <summary>The log pages for readers that are behind, bounded in bytes. Readers at the same place share one page and
/// one database read.</summary>
/// <remarks>A page is a copy of the log, so any of them may go at any time: it is read again.</remarks>
/// <param name="memory">Counts the bytes of all pages. Beyond its limit the oldest are dropped.</param>
internal sealed class CatchUpPages(MemoryPart memory)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationId, List<HeldPage>> _held = [];
    private readonly Queue<HeldPage> _oldest = [];

    /// <summary>A part of the page with the entry after the cursor; the page is read if it is not held.</summary>
    public async Task<T> UseAsync<T>(ConversationId conversation, long cursor, Func<Task<CatchUpPage>> read,
        Func<CatchUpPage, T> use, CancellationToken ct)
    {
        var held = FindOrAdd(conversation, cursor + 1, read);
        CatchUpPage page;
        try
        {
            page = await held.Page.WaitAsync(ct);
        }
        catch when (held.Page is { IsFaulted: true } or { IsCanceled: true })
        {
            lock (_gate) Drop_NeedsLock(held); // the next one tries again
            throw;
        }
        var used = use(page);
        Weigh(held, page);
        return used;
    }

    /// <summary>Drops the pages with entries up to this sequence: their content was erased.</summary>
    public void Forget(ConversationId conversation, long upTo)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue(conversation, out var pages)) return;
            foreach (var held in pages.ToArray())
                if (held.From <= upTo) Drop_NeedsLock(held);
        }
    }

    /// <summary>Drops the pages that were not used since the last call.</summary>
    public void DropUnused()
    {
        lock (_gate)
            for (var left = _oldest.Count; left > 0; left--)
            {
                var held = _oldest.Dequeue();
                if (held.IsDropped) continue;
                if (held.IsUsed || !held.IsRead) _oldest.Enqueue(held);
                else Drop_NeedsLock(held);
                held.IsUsed = false;
            }
    }

    private HeldPage FindOrAdd(ConversationId conversation, long sequence, Func<Task<CatchUpPage>> read)
    {
        lock (_gate)
        {
            ref var pages = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, conversation, out _);
            pages ??= [];
            var held = pages.Find(page => page.Has(sequence));
            if (held is null)
            {
                held = new HeldPage(conversation, sequence, read);
                pages.Add(held);
                _oldest.Enqueue(held);
            }
            held.IsUsed = true;
            return held;
        }
    }

    private void Weigh(HeldPage held, CatchUpPage page)
    {
        var weight = page.Weight;
        lock (_gate)
        {
            if (held.IsDropped) return;
            memory.Add(weight - held.Weight);
            held.Weight = weight;
            while (memory.Held > memory.Limit && _oldest.TryDequeue(out var oldest)) Drop_NeedsLock(oldest);
        }
    }

    private void Drop_NeedsLock(HeldPage held)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        if (held.IsDropped) return;
        held.IsDropped = true;
        memory.Add(-held.Weight);
        var pages = _held[held.Conversation];
        pages.Remove(held);
        if (pages.Count == 0) _held.Remove(held.Conversation);
    }
}
