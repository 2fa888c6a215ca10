using Chat.Contracts.Errors;
using Chat.Server.Hosting.Drain;

namespace Chat.Server.Transports.WebSockets;

/// <summary>How a raw socket is ended by the server, when it stops.</summary>
internal sealed partial class RawSocketConnection : IDrainable
{
    /// <summary>How long the answers of sends under way, and then the peer's answer to the close frame, are waited for.</summary>
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(1), CloseBound = TimeSpan.FromSeconds(3);

    private bool _leaving;

    public async Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now)
    {
        // Whoever asks again (the stop, while the drain still does) only waits for the end.
        if (!Interlocked.Exchange(ref _leaving, true))
        {
            var asks = dialect.HasReconnect && grace > TimeSpan.Zero;
            if (asks && await AskAsync(grace, now)) return Departure.Left;
            await CloseInOrderAsync(asks ? CloseReason.ServiceRestart : CloseReason.GoingAway, now);
        }
        if (await reader.EndsWithinAsync(CloseBound, now)) return Departure.Closed;
        if (!now.IsCancellationRequested) reader.Abort();
        return Departure.Cut;
    }

    /// <returns>True when the client went by itself.</returns>
    private async Task<bool> AskAsync(TimeSpan grace, CancellationToken now)
    {
        var asking = TryReplyAsync(RawReplies.Reconnect(dialect, grace)); // not awaited: a peer that takes nothing is given no more time than others
        var gone = await reader.EndsWithinAsync(grace, now);
        if (gone) await asking;
        return gone;
    }

    /// <summary>Closes behind the answers of the sends that were accepted.</summary>
    private async Task CloseInOrderAsync(CloseReason reason, CancellationToken now)
    {
        using var bound = new CancellationTokenSource(AnswerBound, reader.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, now);
        var held = 0;
        try
        {
            for (; held < sendsInFlight; held++) await _sends.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // NOTE: their senders will send again; keys make that one message.
        }
        var closing = TryCloseAsync(reason, "the server is shutting down");
        await closing.WaitAsync(AnswerBound, reader.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (held > 0) _sends.Release(held); // the receive loop must reach the peer's answer
    }

    private async Task TryReplyAsync(byte[] frame)
    {
        try
        {
            await reader.ReplyAsync(frame);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: it went meanwhile.
        }
    }
}
