using Chat.Server.Persistence;
using Chat.Server.Transfer.Lines;
using Chat.Server.Transfer.Store;

namespace Chat.Server.Transfer;

/// <summary>Writes what the database has as lines of JSON, all of one moment. Servers may run meanwhile.</summary>
internal sealed partial class Export(ExportStore store, TimeProvider time, ILogger<Export> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <returns>How many lines of each type were written.</returns>
    /// <exception cref="TransferException">What is in the database cannot be exported by this version.</exception>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    /// <exception cref="IOException">The output takes no more.</exception>
    public async Task<TransferCounts> RunAsync(ExportFilter filter, Stream output, CancellationToken ct)
    {
        using var writer = new LineWriter(output);
        var told = time.GetTimestamp();
        try
        {
            await foreach (var line in store.ReadAsync(filter, ct))
            {
                await writer.WriteAsync(line, ct);
                if (time.GetElapsedTime(told) < Interval) continue;
                told = time.GetTimestamp();
                Log.Progress(logger, writer.Counts.Of(ConversationLine.Name), writer.Counts.Of(EntryLine.Name));
            }
        }
        catch (Exception e) when (e is not IOException && DatabaseFailures.ToStoreException(e) is { } failure)
        {
            throw failure;
        }
        await writer.EndAsync(ct);
        return writer.Counts;
    }

    private static partial class Log
    {
        [LoggerMessage(9711, LogLevel.Information, "Export: {Conversations} conversation(s), {Entries} entries so far")]
        public static partial void Progress(ILogger logger, long conversations, long entries);
    }
}
