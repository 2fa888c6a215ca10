using System.Runtime.InteropServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>Announces a commit: access changes, feeds, other instances, senders. Feeds come before senders, so that a
/// join after a receipt begins behind it.</summary>
/// <remarks>The batch is stored even if a step fails here. So each step runs separately: its exception is logged and
/// affects neither the others nor the answers. Readers get missed entries from the log.</remarks>
internal sealed partial class BatchNews(LaneContext context)
{
    /// <summary>So many answers are given at once where others are not to wait behind all of them.</summary>
    private const int FewAnswers = 64;

    /// <param name="committed">What was committed. Its senders' answers are put in.</param>
    /// <param name="took">How long the commit took.</param>
    /// <param name="aFewAtOnce">Whether what others do goes in between the answers.</param>
    public async ValueTask TellAsync(List<CommittedDraft> committed, TimeSpan took, bool aFewAtOnce = false)
    {
        foreach (ref var one in CollectionsMarshal.AsSpan(committed)) one.Appended = ToAppended(one);
        var stored = new List<ConversationEntry>(committed.Count);
        var sets = new List<ReactionSet>();
        foreach (ref readonly var one in CollectionsMarshal.AsSpan(committed))
        {
            if (one.Appended is not { Duplicate: false, Entry: var entry }) continue;
            if (one.Outcome.Reactions is { } outcome) sets.Add(new ReactionSet(one.Draft, outcome));
            if (one.Outcome.Reactions is null or { Told: not null }) stored.Add(entry);
        }
        // Entries that tell reactions stand before the others of their batch.
        if (sets.Count > 0) stored.Sort(static (one, other) => one.Sequence.CompareTo(other.Sequence));
        foreach (var entry in stored)
        {
            Try(static (context, entry) => context.Access.Observe(entry), entry);
            Try(static (context, entry) => context.AccessChanges.Publish(entry), entry);
        }
        Try(static (context, stored) => context.Feeds.Publish(stored), stored);
        Try(static (context, stored) => context.Hints.Publish(stored), stored);
        for (var i = 0; i < committed.Count; i++)
        {
            if (committed[i].Append is not { } append) continue;
            Answer(append, committed[i]);
            // Behind what waits for a thread: a sender's next steps are not behind hundreds of answers.
            if (aFewAtOnce && (i + 1) % FewAnswers == 0) await Task.Yield();
        }
        foreach (var observer in context.Observers)
            Try(static (_, step) => step.Observer.Committed(step.Stored), (Observer: observer, Stored: stored));
        if (sets.Count > 0)
            foreach (var observer in context.Observers)
                Try(static (_, step) => step.Observer.Reacted(step.Sets), (Observer: observer, Sets: sets));
        Try(static (context, counts) => context.Metrics.Committed(counts.Stored, counts.Others, counts.Took),
            (Stored: stored.Count, Others: committed.Count - stored.Count, Took: took));
    }

    /// <summary>The sender may not write there, even if its cached access allows it.</summary>
    public void Refuse(PendingAppend append)
    {
        Try(static (context, draft) => context.Access.Forget(draft.ConversationId, draft.SenderId), append.Draft);
        // What only some may do is tried again by who asked for it; a message by its sender.
        if (append.Draft is { RightsAsOf: not null, Content.Kind: not EntryKind.Message })
            append.Fail(ChatException.Forbidden());
        else _ = ExplainAsync(append); // it fails the append, whatever happens, and throws nothing
    }

    /// <summary>Says why the sender may not write there: what it was told before may be no longer true.</summary>
    private async Task ExplainAsync(PendingAppend append)
    {
        var draft = append.Draft;
        var refusal = ChatException.Forbidden();
        try
        {
            var sender = new UserKey(draft.By?.Tenant ?? default, draft.SenderId);
            if (await context.Access.ReadAsync(draft.ConversationId, sender, CancellationToken.None) is { } mine)
                refusal = mine.MayWrite ? new ChatException(RoleRules.Changed()) : AccessRefusal.ToWrite(mine);
        }
        catch (Exception e)
        {
            Log.TellingFailed(context.Logger, e);
        }
        append.Fail(refusal);
    }

    private static bool IsStored(in CommitOutcome outcome) =>
        outcome.Status is CommitStatus.Stored or CommitStatus.Duplicate;

    private void Answer(PendingAppend append, in CommittedDraft committed)
    {
        if (committed.Appended is { } done) append.Complete(done);
        else if (RefusalOf(append.Draft, committed.Outcome) is { } refusal) append.Fail(refusal);
        else Refuse(append);
    }

    /// <summary>Null: the sender may not write there, or there is no such conversation.</summary>
    private ChatException? RefusalOf(Draft draft, in CommitOutcome outcome) => outcome.Status switch
    {
        CommitStatus.TooSoon => new(RoleRules.Slow(draft.SlowSeconds, outcome.CreatedAt - context.Time.GetUtcNow())),
        CommitStatus.Gone => new(AmendmentRules.Gone()),
        CommitStatus.Conflict => new(AmendmentRules.Conflict(outcome.Sequence)),
        CommitStatus.TooMany => new(draft.Reaction is null ? PinRules.TooMany() : ReactionRules.TooMany()),
        CommitStatus.NoMessage => new(AmendmentRules.NoMessage()),
        CommitStatus.KeyTaken => new(AmendmentRules.KeyTaken()),
        _ when IsStored(outcome) => ChatException.Internal(
            $"the message was stored, as number {outcome.Sequence}, but its receipt could not be made"),
        _ => null,
    };

    private Appended? ToAppended(in CommittedDraft committed)
    {
        if (!IsStored(committed.Outcome)) return null;
        try
        {
            return new Appended(
                committed.Draft.ToEntry(committed.Outcome), committed.Outcome.Status == CommitStatus.Duplicate);
        }
        catch (Exception e)
        {
            Log.TellingFailed(context.Logger, e);
            return null;
        }
    }

    private void Try<T>(Action<LaneContext, T> step, T subject)
    {
        try
        {
            step(context, subject);
        }
        catch (Exception e)
        {
            Log.TellingFailed(context.Logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4004, LogLevel.Error, "Entries were stored, but a step of announcing them failed")]
        public static partial void TellingFailed(ILogger logger, Exception exception);
    }
}
