using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>Pages of a log: as it is stored, and as it is shown.</summary>
internal sealed class HistoryPages(IMessageStore store, IShownLog shown, AccessCache access, LogIdentity identity)
{
    /// <summary>All kinds of entries, ascending.</summary>
    public async Task<HistoryPage> ReadLogAsync(
        Caller caller, ConversationId conversation, CheckedPage page, CancellationToken ct)
    {
        var generation = identity.Generation; // first: a page of an older generation is read again
        // The page ends at the sequence of the access check: later entries may follow the caller's removal.
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        var entries = page.After is { } after
            ? await store.ReadAfterAsync(conversation, after, (int)Math.Clamp(head - after, 0, page.Limit), ct)
            : await store.ReadBeforeAsync(conversation, Math.Min(page.Before, head + 1), page.Limit, ct);
        return new HistoryPage(entries, head, generation);
    }

    /// <summary>What the main stream or a thread shows, with what has become of it, as of one moment.</summary>
    public async Task<HistoryPage> ReadShownAsync(
        Caller caller, ConversationId conversation, CheckedPage page, CancellationToken ct)
    {
        var generation = identity.Generation;
        var query = new ShownQuery(page.After, page.Before, page.Thread, caller.Id);
        var found = await shown.ReadPageAsync(conversation, query, page.Limit, ct);
        // Asked after the page was read: a user who may read at that time may read all that is in it.
        await access.ReadableHeadAsync(caller, conversation, ct);
        if (found is null) throw ChatException.Forbidden();
        return new HistoryPage(found.Entries, found.Head, generation) { Current = found.Current };
    }

    /// <summary>A message, and the entry that has its content now.</summary>
    public async Task<HistoryPage> ReadMessageAsync(
        Caller caller, ConversationId conversation, long sequence, CancellationToken ct)
    {
        ChatException.ThrowIf(PageRules.Sequence.Check(sequence));
        var generation = identity.Generation;
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        var found = await store.ReadMessageAsync(conversation, sequence, ct);
        return PageOf(found.FindAll(entry => entry.Sequence <= head), head, generation);
    }

    /// <summary>A page of the versions of a message.</summary>
    public async Task<HistoryPage> ReadVersionsAsync(
        Caller caller, ConversationId conversation, long sequence, long? after, CancellationToken ct)
    {
        ChatException.ThrowIf(PageRules.Sequence.Check(sequence) ?? PageRules.AfterSequence.Check(after));
        var generation = identity.Generation;
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        var found = await store.ReadVersionsAsync(
            conversation, sequence, after ?? 0, head, ChatLimits.VersionsPage, ct);
        return PageOf(found, head, generation, mayBeEmpty: after >= sequence);
    }

    private static HistoryPage PageOf(
        List<ConversationEntry> versions, long head, string generation, bool mayBeEmpty = false) =>
        mayBeEmpty || versions is [MessageEntry, ..]
            ? new HistoryPage(versions, head, generation)
            : throw new ChatException(AmendmentRules.NoMessage());
}
