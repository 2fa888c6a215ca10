using System.Threading.Channels;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Observability;
using Chat.Server.Persistence;

namespace Chat.Server.Core.MessageLog;

/// <summary>One loop that owns a share of the conversations: whatever it commits first it also publishes
/// first.</summary>
/// <remarks>Group commit without a timer: a batch is whatever arrived while the last commit ran.</remarks>
internal sealed partial class AppendLane(LaneContext context)
{
    private readonly Channel<PendingAppend> _pending = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(context.Options.LaneCapacity)
        {
            SingleReader = true, FullMode = BoundedChannelFullMode.Wait
        });

    /// <summary>Fixes the draft's place in the order. Waits for room when the lane is full, and refuses when that takes
    /// too long.</summary>
    public ValueTask EnqueueAsync(PendingAppend append, CancellationToken ct) =>
        _pending.Writer.TryWrite(append) ? ValueTask.CompletedTask : WaitForRoomAsync(append, ct);

    /// <summary>No more drafts; the loop ends when those it has are committed.</summary>
    public void Complete() => _pending.Writer.TryComplete();

    public async Task RunAsync(CancellationToken ct)
    {
        var batch = new List<PendingAppend>(context.Options.MaxBatch);
        while (await _pending.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < context.Options.MaxBatch && _pending.Reader.TryRead(out var next))
            {
                batch.Add(next);
                // What follows a removal is checked against it: it is committed after it.
                if (next.Draft.Content.Kind == EntryKind.ParticipantRemoved) break;
            }
            await CommitAsync(FoldRepeats(batch), ct);
            batch.Clear();
        }
    }

    private async ValueTask WaitForRoomAsync(PendingAppend append, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(context.Options.FullLaneMilliseconds),
            context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            await _pending.Writer.WriteAsync(append, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw ChatException.Internal(
                "the server cannot store messages fast enough now; nothing was stored, try again later");
        }
        catch (ChannelClosedException)
        {
            throw ChatException.Internal("the server is shutting down; nothing was stored, connect again");
        }
    }

    /// <summary>Equal dedupe keys in one batch would break the unique index: only the first goes to the store, the
    /// others follow it.</summary>
    private static List<PendingAppend> FoldRepeats(List<PendingAppend> batch)
    {
        Dictionary<(ConversationId, UserId, string), PendingAppend>? first = null;
        var folded = new List<PendingAppend>(batch.Count);
        foreach (var append in batch)
        {
            if (append.Identity is not { } identity || (first ??= []).TryAdd(identity, append)) folded.Add(append);
            else append.Follow(first[identity]);
        }
        return folded;
    }

    private async Task CommitAsync(List<PendingAppend> batch, CancellationToken ct)
    {
        try
        {
            await CommitOnceAsync(batch, ct);
        }
        catch (StoreException e) when (
            e.Failure is StoreFailure.Rejected or StoreFailure.NotAllowed && batch.Count > 1)
        {
            Log.BatchRejected(context.Logger, batch.Count, e);
            foreach (var append in batch) await CommitAsync([append], ct); // one bad row must not fail the others
        }
        catch (StoreException e) when (e.Failure == StoreFailure.NotAllowed)
        {
            Refuse(batch[0]);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.InDoubt)
        {
            await ResolveAsync(batch, e, ct);
        }
        catch (Exception e)
        {
            Log.CommitFailed(context.Logger, batch.Count, e);
            Fail(batch, e is StoreException { Failure: StoreFailure.Rejected }
                ? ChatException.BadRequest("the database refused the message; nothing was stored")
                : ChatException.Internal("the message could not be stored now; nothing was stored, try again later",
                    e));
        }
    }

    private async Task CommitOnceAsync(List<PendingAppend> batch, CancellationToken ct)
    {
        using var span = ChatTracing.Source.StartActivity("chat.commit");
        span?.SetTag("chat.batch_size", batch.Count);
        var started = context.Time.GetTimestamp();
        var outcomes = await context.Store.CommitAsync(batch.ConvertAll(static a => a.Draft), context.Time.GetUtcNow(),
            ct);
        var took = context.Time.GetElapsedTime(started);
        Tell(batch, outcomes.Length, i => outcomes[i], took);
    }

    /// <summary>The connection broke during the commit. Nobody is told anything before the database has said what
    /// happened.</summary>
    private async Task ResolveAsync(List<PendingAppend> batch, StoreException cause, CancellationToken ct)
    {
        Log.CommitInDoubt(context.Logger, batch.Count, cause);
        try
        {
            var found = await context.ResolvePipeline.ExecuteAsync(
                async token => await context.Store.ResolveAsync(batch.ConvertAll(static a => a.Draft), token), ct);
            var stored = batch.Where((_, i) => found[i] is not null).ToList();
            var outcomes = found.OfType<CommitOutcome>().ToList();
            Tell(stored, outcomes.Count, i => outcomes[i], TimeSpan.Zero);
            Fail([.. batch.Where((_, i) => found[i] is null)],
                ChatException.Internal("the database went away; nothing was stored, try again", cause));
        }
        catch (Exception e)
        {
            Log.StillInDoubt(context.Logger, batch.Count, e);
            Fail(batch,
                ChatException.Internal(
                    "the database went away, and it is not known whether the message was stored; send it again with "
                        + "the same dedupe key", e));
        }
    }

    /// <summary>Commit, then tell: whose access changed, the feeds, the other instances, and the senders. The feeds
    /// first: whoever joins after a receipt joins behind it.</summary>
    private void Tell(List<PendingAppend> batch, int count, Func<int, CommitOutcome> outcomeAt, TimeSpan took)
    {
        var stored = new List<ConversationEntry>(count);
        var appended = new Appended?[count];
        for (var i = 0; i < count; i++)
        {
            var outcome = outcomeAt(i);
            if (outcome.Status is CommitStatus.NoConversation or CommitStatus.NotAllowed) continue;
            var entry = batch[i].Draft.ToEntry(outcome);
            appended[i] = new Appended(entry, outcome.Status == CommitStatus.Duplicate);
            if (outcome.Status == CommitStatus.Duplicate) continue;
            stored.Add(entry);
            context.Access.Observe(entry);
            context.AccessChanges.Publish(entry);
        }
        context.Feeds.Publish(stored);
        context.Hints.Publish(stored);
        for (var i = 0; i < count; i++)
        {
            if (appended[i] is { } done) batch[i].Complete(done);
            else Refuse(batch[i]);
        }
        foreach (var observer in context.Observers) observer.Committed(stored);
        context.Metrics.Committed(stored.Count, count - stored.Count, took);
    }

    /// <summary>The sender may not write there, whatever is remembered of it.</summary>
    private void Refuse(PendingAppend append)
    {
        context.Access.Forget(append.Draft.ConversationId, append.Draft.SenderId);
        append.Fail(ChatException.Forbidden());
    }

    private static void Fail(List<PendingAppend> batch, ChatException refusal)
    {
        foreach (var append in batch) append.Fail(refusal);
    }
}
