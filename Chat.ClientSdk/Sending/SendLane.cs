using System.Threading.Channels;
using Chat.ClientSdk.Link;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>The messages of one conversation, with changes of messages, and the one loop that sends them.</summary>
/// <remarks>
/// <para>A round lasts as long as a session. It begins with the oldest message that has no answer, and sends one after
/// the other without waiting, as many as the window allows. Messages that were under way when a session ended come
/// first in the next one, with the same keys; those that the server already has are answered as duplicates. So the
/// server takes a stretch of the queue without a hole from each session, and the log has the order of the calls.</para>
/// <para>When the server cannot store a message now, sending stops; the messages under way are answered, and after a
/// delay the oldest is sent alone. Every receipt doubles the window again.</para>
/// </remarks>
internal sealed class SendLane(Outbox outbox, ConversationId conversation)
{
    private readonly Channel<Answer> _answers =
        Channel.CreateUnbounded<Answer>(new UnboundedChannelOptions { SingleReader = true });
    private ChatRefusedException? _trouble; // of the last round, not yet awaited
    private int _window = outbox.Options.Window;

    public ConversationId Conversation => conversation;

    /// <summary>In the order of the calls, from the oldest without an answer. Guarded by the outbox's lock.</summary>
    public LinkedList<PendingMessage> Messages { get; } = [];

    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start(CancellationToken ct) => Running = Task.Run(() => RunAsync(ct), CancellationToken.None);

    /// <summary>There is another message, or room in the window.</summary>
    public void Wake() => _answers.Writer.TryWrite(default);

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (!outbox.TryRetire(this))
                await outbox.Retries.ExecuteAsync(static (lane, token) => lane.RoundAsync(token), this, ct)
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException
            || (e is OperationCanceledException && ct.IsCancellationRequested))
        {
            // the client ends; stored messages stay in the store
        }
    }

    private async ValueTask RoundAsync(CancellationToken ct)
    {
        // the pipeline waits from its first step on
        if (Interlocked.Exchange(ref _trouble, null) is { } earlier)
            throw new ChatRefusedException(earlier.Error, earlier);
        LinkSession session;
        try
        {
            session = await outbox.Link.SessionAsync(ct).ConfigureAwait(false);
        }
        catch (ChatConnectException e)
        {
            outbox.FailAll(this, e);
            return;
        }
        var end = await SendAsync(session, ct).ConfigureAwait(false);
        if (end.Trouble is not null)
        {
            _window = 1;
            if (!end.HasProgress) throw end.Trouble;
            _trouble = end.Trouble;
        }
        else if (end.IsLost)
        {
            await EndOfAsync(session, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Sends until the lane is empty, the session is lost, or the server cannot store; returns when every call
    /// has ended.</summary>
    private async Task<RoundEnd> SendAsync(LinkSession session, CancellationToken ct)
    {
        var end = new RoundEnd();
        var (underWay, last) = (0, 0L);
        while (true)
        {
            while (!end.IsOver && !session.Ended.IsCancellationRequested && underWay < _window
                && outbox.TakeNext(this, last, session.Number) is { } next)
            {
                (last, underWay) = (next.Number, underWay + 1);
                _ = CallAsync(session, next);
            }
            if (underWay == 0 && (end.IsOver || session.Ended.IsCancellationRequested || outbox.IsEmpty(this)))
                return end;
            var answer = await _answers.Reader.ReadAsync(ct).ConfigureAwait(false);
            if (answer.Message is null) continue;
            underWay--;
            end = Take(session, answer.Message, answer, end);
        }
    }

    private RoundEnd Take(LinkSession session, PendingMessage message, Answer answer, RoundEnd end)
    {
        if (answer.Failure is ChatDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            outbox.Lost(message, session.Number);
            return end with { IsLost = true };
        }
        outbox.Answered(message, session.Number);
        switch (answer.Failure)
        {
            case null:
                outbox.Sent(message, answer.Receipt!);
                _window = Math.Min(2 * _window, outbox.Options.Window);
                return end with { HasProgress = true };
            case ChatRefusedException refusal when SendRetries.IsWorthwhile(refusal):
                outbox.Returned(message);
                return end with { Trouble = refusal };
            default: // a refusal, or the message cannot be written: sending it again does not help
                outbox.Fail(message, answer.Failure);
                return end with { HasProgress = true };
        }
    }

    // Called in order, and it makes the hub call before its first await, so the calls reach the connection in order.
    private async Task CallAsync(LinkSession session, PendingMessage message)
    {
        Answer answer;
        try
        {
            var receipt = await MessageCall.Make(session.Hub, message).ConfigureAwait(false);
            answer = new Answer(message, receipt, null);
        }
        catch (Exception e) // any failure is the answer
        {
            answer = new Answer(message, null, e);
        }
        _answers.Writer.TryWrite(answer);
    }

    /// <summary>The calls may fail before the link notices the loss. If the session continues after all, it is tried
    /// again after the first delay.</summary>
    private async Task EndOfAsync(LinkSession session, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(session.Ended, ct);
        await Task.Delay(outbox.Options.RetryDelay, outbox.Time, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    private readonly record struct Answer(PendingMessage? Message, SendReceipt? Receipt, Exception? Failure);

    private readonly record struct RoundEnd(bool HasProgress, bool IsLost, ChatRefusedException? Trouble)
    {
        public bool IsOver => IsLost || Trouble is not null;
    }
}
