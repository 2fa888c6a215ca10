using Chat.Contracts.Errors;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>How a raw socket is ended by the server.</summary>
internal sealed partial class RawSocketConnection
{
    /// <summary>How long the answers of sends under way, and then the peer's answer to the close frame, are waited
    /// for.</summary>
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(1), CloseBound = TimeSpan.FromSeconds(3);

    private bool _leaving;

    public override async Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now)
    {
        // A second request (the stop, while the drain goes on) only waits for the end.
        if (!Interlocked.Exchange(ref _leaving, true))
        {
            var asks = dialect.HasReconnect && grace > TimeSpan.Zero;
            if (asks && await AskAsync(grace, now)) return Departure.Left;
            await CloseInOrderAsync(asks ? CloseReason.ServiceRestart : CloseReason.GoingAway, now);
        }
        return await SeeOffAsync(now);
    }

    public override async Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now)
    {
        await CloseWithinBoundAsync(reason, text ?? "");
        return await SeeOffAsync(now);
    }

    /// <summary>It was not opened: closes it and tells the client why.</summary>
    public async Task TurnAwayAsync(ChatException why)
    {
        var reason = CloseReasons.Of(why.Code);
        await TryCloseAsync(reason, reason.AllowsReconnect() ? why.Message : why.Code.ToWire());
        await TryLingerAsync();
    }

    public override void Abort() => writer.Abort();

    private async Task<Departure> SeeOffAsync(CancellationToken now)
    {
        if (await EndsWithinAsync(CloseBound, Time, now)) return Departure.Closed;
        if (!now.IsCancellationRequested) Abort();
        return Departure.Cut;
    }

    private TimeProvider Time => context.Writers.Time;

    /// <returns>True when the client went by itself.</returns>
    private async Task<bool> AskAsync(TimeSpan grace, CancellationToken now)
    {
        // Not awaited: a peer that takes nothing is given no more time than others.
        var asking = TryReplyAsync(RawReplies.Reconnect(dialect, grace));
        var gone = await EndsWithinAsync(grace, Time, now);
        if (gone) await asking;
        return gone;
    }

    /// <summary>Closes behind the answers of the sends that were accepted.</summary>
    private async Task CloseInOrderAsync(CloseReason reason, CancellationToken now)
    {
        using var bound = new CancellationTokenSource(AnswerBound, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, now);
        var held = 0;
        try
        {
            for (; held < context.SendsInFlight; held++) await _sends.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // NOTE: their senders will send again; keys make that one message.
        }
        await CloseWithinBoundAsync(reason, "the server is shutting down");
        if (held > 0) _sends.Release(held); // the receive loop must reach the peer's answer
    }

    private async Task CloseWithinBoundAsync(CloseReason reason, string text) =>
        await TryCloseAsync(reason, text).WaitAsync(AnswerBound, Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Closes from outside the receive loop; a socket that is gone already is fine.</summary>
    private async Task TryCloseAsync(CloseReason reason, string text)
    {
        try
        {
            await CloseAsync(reason, text);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: it ended meanwhile.
        }
    }

    private async Task TryReplyAsync(byte[] frame)
    {
        try
        {
            await writer.ReplyAsync(frame);
        }
        catch (Exception e) when (IsGone(e))
        {
            // NOTE: it went meanwhile.
        }
    }
}
