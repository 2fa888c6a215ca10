using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Server.Core.MessageLog;

/// <summary>Looks at the senders of a batch before it is stored: who was signed out meanwhile is refused.</summary>
internal sealed class SenderCheck(LaneContext context)
{
    /// <summary>So often a batch is tried again because there is another revocation each time.</summary>
    public const int MostReadings = 5;

    private static readonly TimeSpan ReadingBound = TimeSpan.FromSeconds(2);

    /// <summary>Waits while this instance does not know whom it must not serve, then takes those out of the
    /// batch.</summary>
    /// <returns>As of when the batch may be stored; null: nothing of it is left.</returns>
    public async ValueTask<CommitMoment?> PassAsync(List<PendingAppend> batch, CancellationToken ct)
    {
        if (!batch.Exists(static append => append.Draft.By is { MayBeRefused: true })) return context.Time.GetUtcNow();
        if (!await context.Admission.IsFreshSoonAsync(ct)) Refuse(batch, static _ => Admission.NotKnown);
        // The time, then the number, then the look: what is stored is not later than the look, and who is passed is
        // compared with all up to the number.
        var at = new CommitMoment(context.Time.GetUtcNow(), context.Admission.Known);
        Refuse(batch, context.Admission.Revoked.Find);
        return batch.Count == 0 ? null : at;
    }

    /// <summary>There is a revocation that is not known here: has it read.</summary>
    /// <returns>False: that did not work in time.</returns>
    public async Task<bool> ReadAsync(CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(ReadingBound, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        var next = context.Admission.NextReadingAsync(either.Token);
        context.Admission.Want();
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return next.IsCompletedSuccessfully;
    }

    private static void Refuse(List<PendingAppend> batch, Func<Caller, ChatError?> find) =>
        batch.RemoveAll(append =>
        {
            if (append.Draft.By is not { MayBeRefused: true } sender || find(sender) is not { } why) return false;
            append.Fail(new ChatException(why));
            return true;
        });
}
