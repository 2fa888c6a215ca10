using System.Threading.Channels;
using Chat.Server.Audit.Store;
using Chat.Server.Concurrency;
using Chat.Server.Persistence;

namespace Chat.Server.Audit;

/// <summary>Stores entries that nobody waits for, in groups: those that come while a group is stored are the next
/// group.</summary>
/// <remarks>While the database is away it keeps what it has and tries again.</remarks>
internal sealed partial class AuditLog(
    AuditStore store, AuditMetrics metrics, TimeProvider time, ILogger<AuditLog> logger) : IAuditLog, IHostedService
{
    /// <summary>How many entries may wait, of about 1 KB each at most.</summary>
    public const int Waiting = 4_096;

    private const int MostOfGroup = 256;

    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    private readonly Channel<AuditRow> _waiting = Channel.CreateBounded<AuditRow>(
        new BoundedChannelOptions(Waiting) { SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private int _isFull;

    public void Add(ChatDbContext transaction, AuditEntry entry) => store.Add(transaction, entry);

    public void Note(AuditEntry entry)
    {
        if (_waiting.Writer.TryWrite(store.RowOf(entry))) return;
        metrics.Dropped();
        if (Interlocked.Exchange(ref _isFull, 1) == 0) Log.Full(logger, Waiting);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>What waits is stored first, if the database takes it in the time that is left.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync();
    }

    private async Task WriteAsync()
    {
        var group = new List<AuditRow>(MostOfGroup);
        while (await _waiting.Reader.WaitToReadAsync(_stopping.Token))
        {
            while (group.Count < MostOfGroup && _waiting.Reader.TryRead(out var row)) group.Add(row);
            Interlocked.Exchange(ref _isFull, 0);
            await StoreAsync(group);
            group.Clear();
        }
    }

    private async Task StoreAsync(List<AuditRow> group)
    {
        for (var failures = 0; ; failures++)
            try
            {
                await store.AddAsync(group, _stopping.Token);
                return;
            }
            catch (StoreException e) when (e.Failure != StoreFailure.Rejected)
            {
                if (failures == 0) Log.Waits(logger, e.Message);
                await Retries.WaitAsync(failures, time, _stopping.Token);
            }
            catch (StoreException e)
            {
                metrics.Dropped(group.Count);
                Log.Refused(logger, e);
                return;
            }
    }

    private static partial class Log
    {
        [LoggerMessage(9490, LogLevel.Warning,
            "The audit cannot be written now ({Reason}); what was done meanwhile is kept and written later")]
        public static partial void Waits(ILogger logger, string reason);

        [LoggerMessage(9491, LogLevel.Error,
            "{Waiting} entries of the audit wait already: further ones are dropped and counted "
                + "(chat_audit_dropped_total)")]
        public static partial void Full(ILogger logger, int waiting);

        [LoggerMessage(9492, LogLevel.Error, "Entries of the audit were refused by the database and are lost")]
        public static partial void Refused(ILogger logger, Exception exception);
    }
}
