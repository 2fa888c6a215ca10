using Chat.Server.Callers;
using Chat.Server.Observability;
using Chat.Server.Persistence;

namespace Chat.Server.Core.MessageLog;

/// <summary>Commits the batches of a lane. Every sender gets the outcome of its message, as far as it is known:
/// "nothing was stored" only when the store confirms it.</summary>
/// <param name="context">What all lanes share.</param>
/// <param name="quiet">Learns of reactions; null: nobody needs that.</param>
internal sealed partial class BatchCommit(LaneContext context, QuietMessages? quiet)
{
    public const string NotKnown = "the database went away, and it is not known whether the message was stored; send "
        + "it again with the same dedupe key";

    private static readonly List<PendingAppend> NoneAgain = [];

    private readonly BatchNews _news = new(context);
    private readonly SenderCheck _senders = new(context);
    private readonly List<CommittedDraft> _committed = []; // of the batch that is told; used again for the next

    /// <summary>How long the last commit took, or failed, without the answers to it.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>When it completes, the whole batch is answered.</summary>
    /// <exception cref="StoreException">A conversation is locked (<see cref="StoreFailure.Locked"/>): some or all are
    /// not answered, and these are not stored.</exception>
    /// <param name="batch">What to store.</param>
    /// <param name="quietly">They are reactions, and where it is possible they are stored without the locks of their
    /// conversations.</param>
    /// <param name="ct">Abandons it.</param>
    public Task RunAsync(List<PendingAppend> batch, bool quietly, CancellationToken ct) =>
        RunAsync(batch, quietly, readings: 0, ct);

    /// <param name="batch">What to store.</param>
    /// <param name="quietly">As above.</param>
    /// <param name="readings">How often it was tried already: because of a revocation that was not known, or, for
    /// reactions, because the outcome of a commit was not known.</param>
    /// <param name="ct">Abandons it.</param>
    private async Task RunAsync(List<PendingAppend> batch, bool quietly, int readings, CancellationToken ct)
    {
        if (batch.Exists(static append => append.IsHeldUp)) batch = WithoutHeldUp(batch);
        if (batch.Count == 0 || await _senders.PassAsync(batch, ct) is not { } at) return;
        RefuseLate(batch, at.Now);
        if (batch.Count == 0) return;
        CommitOutcome[] outcomes;
        var started = context.Time.GetTimestamp();
        try
        {
            using var span = ChatTracing.Source.StartActivity("chat.commit");
            span?.SetTag("chat.batch_size", batch.Count);
            var drafts = PendingAppend.DraftsOf(batch);
            try
            {
                outcomes = await (quietly
                    ? context.Store.ReactAsync(drafts, at, ct)
                    : context.Store.CommitAsync(drafts, at, ct));
            }
            finally
            {
                Took = context.Time.GetElapsedTime(started);
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Outdated)
        {
            if (readings < SenderCheck.MostReadings && await _senders.ReadAsync(ct))
                await RunAsync(batch, quietly, readings + 1, ct);
            else Fail(batch, new ChatException(Admission.NotKnown, e));
            return;
        }
        catch (StoreException e) when (
            e.Failure is StoreFailure.Rejected or StoreFailure.NotAllowed && batch.Count > 1)
        {
            Log.BatchRejected(context.Logger, batch.Count, e);
            // One bad row must not make the others fail.
            foreach (var append in batch) await RunAsync([append], quietly, ct);
            return;
        }
        catch (StoreException e) when (e.Failure == StoreFailure.NotAllowed)
        {
            _news.Refuse(batch[0]);
            return;
        }
        catch (StoreException e) when (e.Failure is StoreFailure.Unavailable or StoreFailure.Rejected)
        {
            Log.CommitFailed(context.Logger, batch.Count, e);
            Fail(batch, e.Failure == StoreFailure.Rejected
                ? ChatException.BadRequest("the database refused the message; nothing was stored")
                : ChatException.Internal("the message could not be stored now; nothing was stored, try again later",
                    e));
            return;
        }
        catch (Exception e) when (e is not StoreException { Failure: StoreFailure.Locked })
        {
            // Any other exception may have been thrown after the commit.
            await ResolveAsync(batch, quietly, readings, e, ct);
            return;
        }
        var again = await TellAsync(batch, outcomes, quietly);
        if (quietly && again.Count > 0) await RunAsync(again, quietly: false, readings, ct);
        else
            foreach (var one in again) await RunAsync([one], quietly: false, readings, ct);
    }

    /// <returns>Those that are to be tried again: only reactions are, and none of them has a second entry. With what
    /// they need, or each alone.</returns>
    private async ValueTask<List<PendingAppend>> TellAsync(
        List<PendingAppend> batch, CommitOutcome[] outcomes, bool quietly)
    {
        var again = NoneAgain;
        try
        {
            for (var i = 0; i < outcomes.Length; i++) _committed.Add(CommittedDraft.Of(batch, i, outcomes[i]));
            quiet?.Note(_committed);
            if (_committed.Exists(static one => one.Outcome.Status == CommitStatus.Again))
            {
                again = _committed.FindAll(static one => one.Outcome.Status == CommitStatus.Again)
                    .ConvertAll(static one => one.Append!);
                _committed.RemoveAll(static one => one.Outcome.Status == CommitStatus.Again);
            }
            await _news.TellAsync(_committed, Took, aFewAtOnce: quietly);
            return again;
        }
        finally
        {
            _committed.Clear();
        }
    }

    /// <summary>Takes out those whose time is over.</summary>
    private static void RefuseLate(List<PendingAppend> batch, DateTimeOffset now)
    {
        if (!batch.Exists(static append => append.Draft.Deadline is not null)) return;
        batch.RemoveAll(append =>
        {
            if (append.Draft.Deadline is not { } deadline || deadline.At >= now) return false;
            append.Fail(new ChatException(deadline.Passed));
            return true;
        });
    }

    /// <summary>One after the other: a held draft holds those after it.</summary>
    private static List<PendingAppend> WithoutHeldUp(List<PendingAppend> batch)
    {
        var free = new List<PendingAppend>(batch.Count);
        foreach (var append in batch)
        {
            if (!append.IsHeldUp) free.Add(append);
            else append.Fail(ChatException.Internal(
                "a message before it could not be stored now; nothing was stored, try again later"));
        }
        return free;
    }

    /// <summary>The commit ended without an answer. Senders get theirs once the database has reported the
    /// outcome.</summary>
    /// <remarks>Reactions need no entry by which they could be found. They are whole sets, and are set again.</remarks>
    private async Task ResolveAsync(
        List<PendingAppend> batch, bool quietly, int readings, Exception cause, CancellationToken ct)
    {
        Log.CommitInDoubt(context.Logger, batch.Count, cause);
        CommitOutcome?[] found;
        try
        {
            found = await context.ResolvePipeline.ExecuteAsync(
                async token => await context.Store.ResolveAsync(PendingAppend.DraftsOf(batch), token), ct);
        }
        catch (Exception e)
        {
            Log.StillInDoubt(context.Logger, batch.Count, e);
            Fail(batch, ChatException.Internal(NotKnown, e));
            return;
        }
        var committed = new List<CommittedDraft>(found.Length);
        for (var i = 0; i < found.Length; i++)
            if (found[i] is { } outcome) committed.Add(CommittedDraft.Of(batch, i, outcome));
        committed.RemoveAll(static one => one.Draft.Reaction is not null);
        var stored = committed.Select(static one => one.Append).ToHashSet();
        var reactions = batch.FindAll(static append => append.Draft.Reaction is not null);
        await _news.TellAsync(committed, TimeSpan.Zero);
        Fail(batch.FindAll(append => append.Draft.Reaction is null && !stored.Contains(append)),
            ChatException.Internal("the database went away; nothing was stored, try again", cause));
        if (readings >= SenderCheck.MostReadings) Fail(reactions, ChatException.Internal(NotKnown, cause));
        else if (reactions.Count > 0) await RunAsync(reactions, quietly, readings + 1, ct);
    }

    private static void Fail(List<PendingAppend> batch, ChatException refusal)
    {
        foreach (var append in batch) append.Fail(refusal);
    }
}
