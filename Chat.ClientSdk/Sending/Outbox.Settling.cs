using Chat.Contracts.Events;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Sending;

/// <content>The outcome of messages: lanes, store and application report, and this part decides.</content>
internal sealed partial class Outbox
{
    /// <summary>The next message to send after this number; null when there is none, or the store does not have it
    /// yet.</summary>
    internal PendingMessage? TakeNext(SendLane lane, long after, long session)
    {
        PendingMessage next;
        lock (_gate)
        {
            var node = lane.Messages.First;
            while (node is not null && node.Value.Number <= after) node = node.Next;
            if (node is not { Value: { IsDurable: true } found }) return null;
            if (found.Target is { State: not PendingMessageState.Sent }) return null; // its receipt wakes the lane
            next = found;
            if (next.MayBeStored) _telemetry.Resent();
            (next.State, next.MayBeStored) = (PendingMessageState.Sending, true);
            _underWay.Add(next, session);
        }
        Tell(next);
        return next;
    }

    internal bool IsEmpty(SendLane lane)
    {
        lock (_gate) return lane.Messages.Count == 0;
    }

    /// <summary>True when the lane is empty and was removed: then its loop ends.</summary>
    internal bool TryRetire(SendLane lane)
    {
        lock (_gate)
        {
            if (lane.Messages.Count > 0) return false;
            return _lanes.Remove(lane.Conversation);
        }
    }

    /// <summary>The call has an answer of any kind.</summary>
    internal void Answered(PendingMessage message, long session)
    {
        lock (_gate) _underWay.Remove(message, session);
    }

    /// <summary>The call will have no answer: the message waits again, in its place, unless it is the one that keeps
    /// breaking the connection.</summary>
    internal void Lost(PendingMessage message, long session)
    {
        PendingMessage? culprit;
        lock (_gate) culprit = _underWay.RemoveLost(message, session);
        if (culprit is not null)
        {
            Log.SetAside(_logger, Options.LossesUntilSetAside);
            var failure = new ChatDisconnectedException($"The connection was lost {Options.LossesUntilSetAside} times "
                + "in a row while this message was the first under way: it is set aside. It may have been stored.");
            // Kept in the store, unless its sender gets the exception: it may not be the cause.
            Fail(culprit, failure, staysStored: !culprit.IsForgottenOnFailure);
        }
        Returned(message);
    }

    /// <summary>The call ended without a final answer: the message waits again, in its place.</summary>
    internal void Returned(PendingMessage message)
    {
        lock (_gate)
        {
            if (message.State != PendingMessageState.Sending) return;
            message.State = PendingMessageState.Queued;
        }
        Tell(message);
    }

    internal void Sent(PendingMessage message, SendReceipt receipt)
    {
        lock (_gate)
        {
            if (IsSettled(message)) return;
            message.StoredAt = receipt.Sequence;
            AimFollowers_NeedsLock(message);
            Leave_NeedsLock(message);
            Forget_NeedsLock(message, storedAt: receipt.Sequence);
            message.State = PendingMessageState.Sent;
        }
        message.Complete(receipt);
        Tell(message);
    }

    /// <param name="message">The message; nothing happens when it is already settled.</param>
    /// <param name="failure">Why.</param>
    /// <param name="staysStored">Whether the next client may try it again.</param>
    internal void Fail(PendingMessage message, Exception failure, bool staysStored = false)
    {
        List<PendingMessage> followers;
        lock (_gate)
        {
            if (IsSettled(message)) return;
            followers = [.. message.Followers];
            Leave_NeedsLock(message);
            (message.State, message.Failure) = (PendingMessageState.Failed, failure);
            if (message.IsForgottenOnFailure || _hidden.Contains(message)) Forget_NeedsLock(message, staysStored);
            else if (!staysStored) RemoveStored_NeedsLock(message);
        }
        message.Fail(failure);
        Tell(message);
        foreach (var follower in followers) Fail(follower, failure, staysStored);
    }

    internal void FailAll(SendLane lane, Exception failure)
    {
        List<PendingMessage> messages;
        lock (_gate) messages = [.. lane.Messages];
        Log.GivenUp(_logger, messages.Count, failure);
        foreach (var message in messages) Fail(message, failure, staysStored: true);
    }

    /// <summary>The store has the message: it may be sent.</summary>
    internal void Stored(PendingMessage message)
    {
        lock (_gate)
        {
            message.IsDurable = true;
            if (_lanes.TryGetValue(message.Conversation, out var lane)) lane.Wake();
        }
        message.CompleteAccepted();
    }

    internal void Retry(PendingMessage message)
    {
        lock (_gate)
        {
            ClientDisposed.ThrowIf(_isDisposed);
            if (message.State != PendingMessageState.Failed || message.Shown is null)
                throw new InvalidOperationException(
                    "Only a message that failed and is still pending can be tried again.");
            if (message.Target is { } target) Follow_NeedsLock(message, target);
            if (message.Number > 0) _writer?.Remove(message.Number); // where it may still be
            _room.Free(message);
            message.Renew();
            (message.State, message.Failure) = (PendingMessageState.Queued, null);
            (message.IsDurable, message.IsHeld) = (false, false);
            message.Stored = message.Stored with { CreatedAt = Time.GetUtcNow() };
            if (_isOpen) Admit_NeedsLock(message);
            else message.Place = _waiting.AddLast(message);
            Pending.Hide_NeedsLock(message);
            Pending.Show_NeedsLock(message); // behind the messages that wait now
            StartGivingUp_NeedsLock(message);
        }
        _ = BeginOpening(); // as with a new one
        Tell(message);
    }

    internal bool Discard(PendingMessage message) => Discard(message, evenIfHandedOver: true);

    private bool Discard(PendingMessage message, bool evenIfHandedOver)
    {
        List<PendingMessage> followers;
        lock (_gate)
        {
            if (message.State is PendingMessageState.Sending or PendingMessageState.Sent || message.Shown is null)
                return false;
            if (message.MayBeStored && !evenIfHandedOver) return false;
            followers = [.. message.Followers];
            if (message.State == PendingMessageState.Queued) Leave_NeedsLock(message);
            Forget_NeedsLock(message);
            message.State = PendingMessageState.Failed;
        }
        message.Cancel();
        Tell(message);
        foreach (var follower in followers) Discard(follower, evenIfHandedOver: true);
        return true;
    }

    /// <summary>Nobody is to see it any more, however far it has come.</summary>
    private void Forget(PendingMessage message, Exception failure)
    {
        lock (_gate)
        {
            if (message.State == PendingMessageState.Sent || message.Shown is null) return;
            if (message.State != PendingMessageState.Failed) Leave_NeedsLock(message);
            Forget_NeedsLock(message);
            (message.State, message.Failure) = (PendingMessageState.Failed, failure);
        }
        message.Fail(failure);
        Tell(message);
    }

    /// <summary>Withdraws the message if no connection ever had it; also from the store, before the call
    /// returns.</summary>
    private async Task WithdrawAsync(PendingMessage message)
    {
        if (Discard(message, evenIfHandedOver: false) && _writer is not null)
            await _writer.DrainAsync().ConfigureAwait(false);
    }

    internal void GiveUp(PendingMessage message)
    {
        var stored = message.MayBeStored ? " It may have been stored." : "";
        Fail(message, new ChatTimeoutException($"The message was not sent within {Options.GiveUpAfter}.{stored}"));
    }

    private void StartGivingUp_NeedsLock(PendingMessage message)
    {
        if (Options.GiveUpAfter is not { } limit) return;
        var left = message.CreatedAt + limit - Time.GetUtcNow();
        message.GiveUpTimer = Time.CreateTimer(static state => ((PendingMessage)state!).OnGiveUp(), message,
            left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The store cannot be used now: the messages that wait for it are not accepted.</summary>
    private void FailWaiting(Exception failure)
    {
        List<PendingMessage> waiting;
        lock (_gate)
        {
            _opening = null;
            waiting = [.. _waiting];
        }
        foreach (var message in waiting) Fail(message, failure);
    }

    private static bool IsSettled(PendingMessage message) =>
        message.State is PendingMessageState.Sent or PendingMessageState.Failed;

    /// <summary>Takes the message from its queue.</summary>
    private static void Leave_NeedsLock(PendingMessage message)
    {
        message.GiveUpTimer?.Dispose();
        message.Place?.List?.Remove(message.Place);
        message.Place = null;
    }

    /// <summary>The message is no longer pending: there is room for another.</summary>
    private void Forget_NeedsLock(PendingMessage message, bool staysStored = false, long? storedAt = null)
    {
        Pending.Hide_NeedsLock(message, storedAt);
        _hidden.Remove(message);
        _room.Free(message);
        if (!staysStored) RemoveStored_NeedsLock(message);
        AdmitWaiting_NeedsLock();
    }

    private void Tell(PendingMessage message) => Pending.Tell(message);

    private static partial class Log
    {
        [LoggerMessage(7060, LogLevel.Information, "{Count} messages of an earlier run are sent now")]
        public static partial void Loaded(ILogger logger, int count);

        [LoggerMessage(7061, LogLevel.Warning,
            "The server cannot take messages now ({Code}); trying again in {Delay}")]
        public static partial void TriedAgain(ILogger logger, Contracts.Errors.ChatErrorCode code, TimeSpan delay);

        [LoggerMessage(7062, LogLevel.Warning, "{Count} messages cannot be sent")]
        public static partial void GivenUp(ILogger logger, int count, Exception reason);

        [LoggerMessage(7068, LogLevel.Error,
            "A message is set aside: the connection was lost {Losses} times in a row while it was sent")]
        public static partial void SetAside(ILogger logger, int? losses);

        [LoggerMessage(7067, LogLevel.Warning,
            "{Bytes} bytes of the outbox's file were damaged, or broken off while they were written, and are left out. "
                + "A copy of the file is beside it, with .damaged appended")]
        public static partial void Damaged(ILogger logger, long bytes);

        [LoggerMessage(7065, LogLevel.Error,
            "The outbox's store cannot be loaded; no message is accepted. The next message tries again")]
        public static partial void NotLoaded(ILogger logger, Exception exception);

        [LoggerMessage(7066, LogLevel.Error, "A listener to pending messages failed")]
        public static partial void ListenerFailed(ILogger logger, Exception exception);
    }
}
