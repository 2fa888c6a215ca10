using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Transfer.Lines;
using Chat.Server.Transfer.Reading;
using Chat.Server.Transfer.Store;

namespace Chat.Server.Transfer;

/// <summary>Writes an export into a database that no server works with meanwhile. Run again after it was interrupted,
/// it goes on where it was.</summary>
internal sealed partial class Import(
    ImportStore store, ImportMarks marks, StateRebuild rebuild, IDeploymentStore deployments, ILogger<Import> logger)
{
    /// <summary>What is written in one transaction at most: lines, and the bytes that they had.</summary>
    private const int MostLines = 1_000, MostBytes = 4 * 1024 * 1024;

    private const int ProgressLines = 100_000; // between two lines of the log

    /// <returns>How many lines of each type it has; null: it was imported already.</returns>
    /// <exception cref="TransferException">The file, or the database, is not as it must be. What was written stays,
    /// and the import may be run again with a file that is the same up to there.</exception>
    /// <exception cref="StoreException">The database cannot be used; run it again.</exception>
    public async Task<TransferCounts?> RunAsync(TransferSource source, CancellationToken ct)
    {
        if (source.MayReopen) await CheckAsync(source, ct);
        await using var input = await source.OpenAsync(ct);
        using var reader = new TransferReader(input);
        await using var steps = reader.ReadAsync(ct).GetAsyncEnumerator(ct);
        if (!await steps.MoveNextAsync()) return null; // never: it ends with the trailer, or throws
        var header = (HeaderLine)steps.Current.Line;
        if (await marks.BeginAsync(header.Id, ct) is not { } begun) return null;
        Log.Begun(logger, header.Id, begun.Line);
        var lines = await WriteAsync(header.Id, begun, reader, steps, ct);
        await rebuild.RunAsync(mentions: !header.HasMentions, follows: false, ct); // the file has the rest
        var deployment = await deployments.ReadAsync(ct);
        await deployments.DrawAsync(deployment.Generation, ct);
        await marks.EndAsync(header.Id, lines, reader.Level, ct);
        return reader.Counts;
    }

    /// <summary>All that can be seen without the database, before anything is written.</summary>
    private static async Task CheckAsync(TransferSource source, CancellationToken ct)
    {
        await using var input = await source.OpenAsync(ct);
        using var reader = new TransferReader(input);
        await foreach (var _ in reader.ReadAsync(ct)) { }
    }

    /// <returns>How many lines there are.</returns>
    private async Task<long> WriteAsync(Guid export, ImportMark mark, TransferReader reader,
        IAsyncEnumerator<TransferStep> steps, CancellationToken ct)
    {
        var (waiting, bytes, start) = (new List<TransferStep>(), 0L, mark);
        while (true)
        {
            var step = steps.Current;
            if (step.Number == start.Line && reader.Mark != start.Digest)
                throw new TransferException(
                    $"the file differs from the one that was begun, at line {start.Line} or before");
            if (step.Number > start.Line)
            {
                waiting.Add(step);
                bytes += reader.LineBytes;
            }
            var isLast = step.Line is TrailerLine;
            if (isLast && step.Number < start.Line)
                throw new TransferException("the file is shorter than the one that was begun");
            if (waiting.Count >= MostLines || bytes >= MostBytes || (isLast && waiting.Count > 0))
            {
                var next = new ImportMark(step.Number, reader.Mark);
                await store.WriteAsync(export, waiting, mark, next, ct);
                if (next.Line / ProgressLines > mark.Line / ProgressLines) Log.Progress(logger, next.Line);
                (mark, bytes) = (next, 0);
                waiting.Clear();
            }
            if (!await steps.MoveNextAsync()) return mark.Line;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9712, LogLevel.Information, "Import of the export {Id:N}: {Line} line(s) are in the database")]
        public static partial void Begun(ILogger logger, Guid id, long line);

        [LoggerMessage(9713, LogLevel.Information, "Import: {Line} lines are in the database")]
        public static partial void Progress(ILogger logger, long line);
    }
}
