using Chat.Server.Persistence;
using Chat.Server.Webhooks.Posting;
using Chat.Server.Webhooks.Store;

namespace Chat.Server.Webhooks;

/// <summary>Whether an endpoint is posted to. One that has taken nothing for a day is disabled, until somebody enables
/// it: what is stored meanwhile waits in the log.</summary>
internal sealed partial class WebhookHealth(
    string webhook, WebhookStore store, TimeProvider time, ILogger<WebhookHealth> logger)
{
    /// <summary>From its first failure on, while it takes nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>So long an instance has tried it itself before it disables it: the deployment may have been stopped for
    /// a day, and be up before its receivers are.</summary>
    public static readonly TimeSpan TriedHere = TimeSpan.FromHours(1);

    /// <summary>It may ask to be left alone for so long.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    /// <summary>What the database said is good for so long; of an operator it is known for so long.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2), Fresh = TimeSpan.FromSeconds(10);

    private volatile Known? _known;
    private long _notBefore;
    private long _epoch;
    private long _failingHere; // since when this instance saw it fail; 0: it did not

    /// <summary>As this instance knows it, if it runs the endpoint.</summary>
    public bool IsDisabled =>
        _known is { Row.DisabledAt: not null } known && time.GetElapsedTime(known.ReadAt) < Fresh;

    /// <summary>This instance posts to it from now on, or again. A rest that it asked for ends where an operator has
    /// enabled it, or has it tried at once.</summary>
    /// <param name="epoch">Rises by one where the same instance goes on, by more where something came between.</param>
    public void Begin(long epoch)
    {
        if (Interlocked.Exchange(ref _epoch, epoch) + 1 < epoch) Volatile.Write(ref _notBefore, 0);
    }

    /// <summary>Ends when something may be posted.</summary>
    /// <exception cref="StoreException">The database is not available.</exception>
    public async Task WhenOpenAsync(CancellationToken ct)
    {
        // Looked at again after each wait: another post may have been told meanwhile that it is gone.
        while (await FindWaitAsync(ct) is { TotalMilliseconds: >= 1 } wait) await Task.Delay(wait, time, ct);
    }

    /// <summary>It took something.</summary>
    public async Task SucceededAsync(CancellationToken ct)
    {
        if ((await FindAsync(ct)).FailingSince is null) return;
        Volatile.Write(ref _failingHere, 0);
        await store.SucceedAsync(webhook, ct);
        // Read again: another post may have disabled it meanwhile, and then it stays so.
        if (Keep(await store.FindAsync(webhook, ct)) is { FailingSince: null, DisabledAt: null })
            Log.Takes(logger, webhook);
    }

    /// <summary>It did not.</summary>
    /// <returns>True: nothing is to be posted there for now, so that the same is tried again behind
    /// <see cref="WhenOpenAsync"/>.</returns>
    public async Task<bool> FailedAsync(WebhookAnswer answer, CancellationToken ct)
    {
        var (now, problem) = (time.GetUtcNow(), answer.Problem ?? "");
        var row = await FindAsync(ct);
        if (row.FailingSince is null)
        {
            row = Keep(await store.FailAsync(webhook, now, problem, ct));
            Volatile.Write(ref _failingHere, now.UtcTicks);
            Log.Fails(logger, webhook, problem);
        }
        if (row.DisabledAt is not null) return true;
        Interlocked.CompareExchange(ref _failingHere, now.UtcTicks, 0);
        if (answer.IsGone || (now - row.FailingSince >= Patience && HasTried(now)))
        {
            await DisableAsync(now,
                answer.IsGone ? $"{problem}: it is gone" : $"it took nothing for 24 hours; at last {problem}", ct);
            return true;
        }
        if (answer.RetryAfter is not { } rest) return false;
        rest = TimeSpan.FromTicks(Math.Clamp(rest.Ticks, ShortestRest.Ticks, LongestRest.Ticks));
        Volatile.Write(ref _notBefore, (now + rest).UtcTicks);
        return true;
    }

    private async ValueTask<TimeSpan> FindWaitAsync(CancellationToken ct) =>
        (await FindAsync(ct)).DisabledAt is not null
            ? Look
            : new DateTimeOffset(Volatile.Read(ref _notBefore), TimeSpan.Zero) - time.GetUtcNow();

    private bool HasTried(DateTimeOffset now) =>
        now.UtcTicks - Volatile.Read(ref _failingHere) >= TriedHere.Ticks;

    private async Task DisableAsync(DateTimeOffset now, string reason, CancellationToken ct)
    {
        if (await store.DisableAsync(webhook, now, reason, ct)) Log.Disabled(logger, webhook, reason);
        Keep(await store.FindAsync(webhook, ct));
    }

    private async ValueTask<WebhookRow> FindAsync(CancellationToken ct) =>
        _known is { } known && time.GetElapsedTime(known.ReadAt) < Look
            ? known.Row
            : Keep(await store.FindAsync(webhook, ct));

    private WebhookRow Keep(WebhookRow row)
    {
        _known = new Known(row, time.GetTimestamp());
        return row;
    }

    private sealed record Known(WebhookRow Row, long ReadAt);

    private static partial class Log
    {
        [LoggerMessage(9790, LogLevel.Error,
            "Webhook {Webhook} is disabled: {Reason}. What is stored from now on waits for it; it is enabled at "
            + "/operators")]
        public static partial void Disabled(ILogger logger, string webhook, string reason);

        [LoggerMessage(9791, LogLevel.Warning,
            "Webhook {Webhook} fails: {Problem}. It is tried again for 24 hours, and nothing is lost meanwhile")]
        public static partial void Fails(ILogger logger, string webhook, string problem);

        [LoggerMessage(9792, LogLevel.Information, "Webhook {Webhook} takes entries again")]
        public static partial void Takes(ILogger logger, string webhook);
    }
}
