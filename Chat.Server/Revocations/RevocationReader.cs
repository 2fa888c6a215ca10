using Chat.Server.Callers;
using Chat.Server.Revocations.Store;

namespace Chat.Server.Revocations;

/// <summary>Reads what other instances have revoked, four times a second and sooner when it is wanted, on a thread of
/// its own. On PostgreSQL, with tokens.</summary>
internal sealed partial class RevocationReader(
    PostgresRevocations revocations, RevocationApplier applier, Admission admission, TimeProvider time,
    ILogger<RevocationReader> logger) : BackgroundService
{
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromMinutes(10);

    private readonly AutoResetEvent _wanted = new(initialState: false);
    private long _last; // the highest number that was read
    private long _forgotAt = time.GetTimestamp();
    private bool _fails;

    public override void Dispose()
    {
        base.Dispose();
        ExecuteTask?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(PostgresRevocations.Patience);
        revocations.Dispose();
        _wanted.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        admission.BeRead();
        admission.Wanted += Wake;
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // As long as pages are full there is more.
            while (TryRead() && !ct.IsCancellationRequested) { }
            WaitHandle.WaitAny([_wanted, ct.WaitHandle], Beat);
        }
        admission.Wanted -= Wake;
    }

    /// <returns>True when there is more to read at once.</returns>
    private bool TryRead()
    {
        try
        {
            var began = time.GetTimestamp();
            var found = revocations.Read(_last);
            applier.Apply(found);
            if (found.Count > 0) _last = found[^1].Number;
            if (found.Count == PostgresRevocations.Page) return true;
            admission.Note(began, _last);
            if (_fails) Log.ReadsAgain(logger);
            _fails = false;
            Forget();
        }
        // Whatever it is: without a reading nobody is served, and the next one may succeed.
        catch (Exception e)
        {
            if (!_fails) Log.NotRead(logger, e);
            _fails = true;
        }
        return false;
    }

    private void Forget()
    {
        if (time.GetElapsedTime(_forgotAt) < BetweenForgetting) return;
        _forgotAt = time.GetTimestamp();
        applier.Forget(time.GetUtcNow());
    }

    private void Wake()
    {
        try
        {
            _wanted.Set();
        }
        catch (ObjectDisposedException)
        {
            // NOTE: the server has ended.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9460, LogLevel.Error,
            "Revocations could not be read: users with tokens are not served until they can")]
        public static partial void NotRead(ILogger logger, Exception exception);

        [LoggerMessage(9461, LogLevel.Information, "Revocations are read again")]
        public static partial void ReadsAgain(ILogger logger);
    }
}
