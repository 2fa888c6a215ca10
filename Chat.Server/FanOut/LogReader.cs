using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Concurrency;
using Chat.Server.Memory;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut;

/// <summary>Reads the log on disk for readers that memory does not reach.</summary>
internal sealed class LogReader(
    IMessageStore store, IOptions<FanOutOptions> options, MemoryBudget memory, ChatMetrics metrics)
{
    /// <summary>A page of small messages is as many entries as a setting says; one of large ones is a few
    /// blocks.</summary>
    private const int BlocksPerPage = 4;

    /// <summary>How long feeds and readers wait before they read again what could not be read.</summary>
    public static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1));

    private readonly CatchUpPages _pages = new(memory.CatchUp);

    /// <summary>Entries after <paramref name="after"/>, ascending.</summary>
    public Task<List<ConversationEntry>> ReadEntriesAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct)
    {
        metrics.LogRead();
        return store.ReadAfterAsync(conversation, after, limit, ct);
    }

    /// <summary>One block of the stretch after <paramref name="cursor"/>, not beyond <paramref name="to"/>.</summary>
    public Task<EncodedBlock> ReadBlockAsync(
        ConversationId conversation, long cursor, long to, WireFormat format, CancellationToken ct) =>
        _pages.UseAsync(conversation, cursor, () => ReadPageAsync(conversation, cursor, to),
            page => page.Take(cursor, to, format, options.Value.BlockBytes), ct);

    /// <summary>Drops pages up to this sequence, because their content was erased.</summary>
    public void Forget(ConversationId conversation, long upTo) => _pages.Forget(conversation, upTo);

    /// <summary>Drops what was not used since the last call.</summary>
    public void DropUnused() => _pages.DropUnused();

    private async Task<CatchUpPage> ReadPageAsync(ConversationId conversation, long cursor, long to)
    {
        using var span = ChatTracing.Source.StartActivity("chat.catch_up");
        var limit = new PageLimit((int)Math.Min(options.Value.CatchUpPage, to - cursor),
            Math.Min(BlocksPerPage * options.Value.BlockBytes, ChatLimits.PageBytes));
        // No token: several readers may wait for this one read. The time limit of the statement bounds it.
        var entries = await ReadEntriesAsync(conversation, cursor, limit, CancellationToken.None);
        // The log has no holes below its head, so anything else than the next entry would be a broken log: say so
        // rather than skip.
        if (entries.Count == 0 || entries[0].Sequence != cursor + 1)
            throw new StoreException(StoreFailure.Unavailable,
                $"the log of {conversation} has no entry {cursor + 1} below its head {to}");
        return new CatchUpPage(entries);
    }
}
