using Chat.Server.Concurrency;
using Chat.Server.Outbox.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Server.Outbox;

/// <summary>Sends what the application's transactions left in an outbox: in its order, each once.</summary>
/// <remarks>A message is put into the log under a key of its own, and then its row is deleted. Whatever happens between
/// the two, it is found again and is a duplicate; so several processes may do it at once, and there is no leader and no
/// lease.</remarks>
internal sealed partial class OutboxPump(
    IOutboxStore store, OutboxBell bell, OutboxLog log, TimeProvider time, ILogger<OutboxPump> logger)
    : BackgroundService
{
    /// <summary>How often the table is looked at without a ring, and how old a row of another process must be to be
    /// sent here.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromSeconds(2);

    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    private long? _lookedAt; // when those of others were last looked for; null: there may be more of them

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                if (!await SendAsync(stoppingToken)) await bell.WaitAsync(Poll, time, stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // The application's database, or ours, is away. A loop that throws would stop the application.
            catch (Exception e)
            {
                if (failures == 0) Log.Failed(logger, store.Name, e);
                await Retries.WaitAsync(failures++, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>True: there is more. A full batch has more behind it.</returns>
    private async Task<bool> SendAsync(CancellationToken ct)
    {
        var rows = await store.FindAsync(OutboxBell.Process, ct);
        var hasMore = rows.Count == IOutboxStore.Batch;
        if (_lookedAt is not { } at || time.GetElapsedTime(at) >= Poll)
        {
            var others = await store.FindOthersAsync(
                OutboxBell.Process, (time.GetUtcNow() - Grace).UtcDateTime, ct);
            _lookedAt = others.Count == IOutboxStore.OthersBatch ? null : time.GetTimestamp();
            rows.AddRange(others);
            // What was left before a restart goes ahead of what came since.
            rows.Sort(static (one, other) => one.Number.CompareTo(other.Number));
            hasMore |= _lookedAt is null;
        }
        if (rows.Count == 0) return false;
        var round = new OutboxRound(log);
        await round.RunAsync(rows, ct);
        if (round.Sent.Count > 0) await store.DeleteAsync(round.Sent, ct);
        foreach (var (row, why) in round.Refused)
        {
            Log.Refused(logger, store.Name, row.Id, row.ConversationId, why.ToHubText());
            await store.RefuseAsync(row.Number, why.ToHubText(), ct);
        }
        return round.Failure is null ? hasMore : throw round.Failure;
    }

    private static partial class Log
    {
        [LoggerMessage(9765, LogLevel.Warning,
            "Messages of the outbox of {Context} could not be sent; they are tried again until they can")]
        public static partial void Failed(ILogger logger, string context, Exception exception);

        [LoggerMessage(9766, LogLevel.Error,
            "A message of the outbox of {Context} was refused, and holds those behind it: {Id} for conversation "
                + "{Conversation}: {Why}")]
        public static partial void Refused(
            ILogger logger, string context, Guid id, Guid conversation, string why);
    }
}
