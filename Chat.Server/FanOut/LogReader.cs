using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut;

/// <summary>Reads the log on disk for those whom memory does not reach.</summary>
internal sealed class LogReader(IMessageStore store, IOptions<FanOutOptions> options, ChatMetrics metrics)
{
    /// <summary>How long feeds and readers wait before they read again what could not be read.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Entries after <paramref name="after"/>, ascending.</summary>
    public Task<List<ConversationEntry>> ReadEntriesAsync(
        ConversationId conversation, long after, int limit, CancellationToken ct)
    {
        metrics.LogRead();
        return store.ReadAfterAsync(conversation, after, limit, ct);
    }

    /// <summary>One block of the stretch after <paramref name="cursor"/>, not beyond <paramref name="to"/>.</summary>
    public async Task<EncodedBlock> ReadBlockAsync(
        ConversationId conversation, long cursor, long to, WireFormat format, CancellationToken ct)
    {
        using var span = ChatTracing.Source.StartActivity("chat.catch_up");
        var limit = (int)Math.Min(options.Value.CatchUpPage, to - cursor);
        var entries = await ReadEntriesAsync(conversation, cursor, limit, ct);
        // The log has no holes below its head, so anything else than the next entry would be a broken log: say so
        // rather than skip.
        if (entries.Count == 0 || entries[0].Sequence != cursor + 1)
            throw new StoreException(StoreFailure.Unavailable,
                $"the log of {conversation} has no entry {cursor + 1} below its head {to}");
        return BlockBuilder.FromEntries(entries, format);
    }
}
