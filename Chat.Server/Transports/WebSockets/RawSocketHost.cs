using System.Net;
using Chat.Contracts.Errors;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Sockets;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Serves raw sockets that were let in, from their handshake to their end.</summary>
internal sealed class RawSocketHost(
    ConnectionRegistry connections, RawSocketContext context, IOptions<RawSocketOptions> options)
{
    /// <summary>How long a peer may take over what it has not taken when its socket has ended: the web server's own
    /// bound for answers.</summary>
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(5);

    private TimeProvider Time => context.Writers.Time;

    /// <summary>Serves it while its request lasts.</summary>
    public async Task ServeAsync(RawSocketOpening opening, HttpContext http)
    {
        using var accepted = await http.WebSockets.AcceptWebSocketAsync(AcceptOf(http));
        using var socket = new AcceptedSocket(accepted);
        var stream = SharedStreamUpgrade.StreamOf(http) ?? new SharedWriteStream(new FramesToSocket(accepted), Time);
        using var connection = Make(opening, socket, stream, new RequestLifetime(http));
        await RunAsync(connection, opening.From, http.RequestAborted);
    }

    /// <summary>Answers the request, and serves the socket once that is over: then nothing of it is kept.</summary>
    public async Task LeaveHttpAsync(RawSocketOpening opening, HttpContext http, Handover handover)
    {
        using var unused = await http.WebSockets.AcceptWebSocketAsync(AcceptOf(http)); // for its handshake
        handover.Take(left => ServeAsync(opening, left));
    }

    private async Task ServeAsync(RawSocketOpening opening, Handover handover)
    {
        var (output, lifetime) = (handover.Output, handover.Lifetime);
        var stream = new SharedWriteStream(new PipeStream(output), Time)
        {
            LeaveOpen = true, Direct = output.CanSend() ? output : null,
        };
        try
        {
            using var socket = new PipeSocket(output.Input, stream);
            using var connection = Make(opening, socket, stream, lifetime);
            await RunAsync(connection, opening.From, lifetime.ConnectionClosed);
        }
        finally
        {
            // The connection takes its memory back when this ends: nobody may be writing then.
            var ended = EndAsync(stream, output);
            await ended.WaitAsync(EndBound, Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsCompleted) lifetime.Abort();
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task EndAsync(SharedWriteStream stream, DirectOutput output)
    {
        await stream.EndAsync();
        await output.EmptyAsync();
    }

    /// <summary>The framework's Pings stay away while frames come, and its timeout counts nothing but the Pong. Where
    /// the web server shows no stream, there are no others.</summary>
    private static WebSocketAcceptContext AcceptOf(HttpContext http) => SharedStreamUpgrade.IsInstalled(http)
        ? new WebSocketAcceptContext { KeepAliveInterval = Timeout.InfiniteTimeSpan }
        : new WebSocketAcceptContext();

    private RawSocketConnection Make(
        RawSocketOpening opening, IMessageSocket socket, SharedWriteStream stream, IConnectionLifetimeFeature lifetime)
    {
        var (caller, dialect) = (opening.Caller, opening.Dialect);
        var writer = new RawSocketWriter(caller.User, dialect, stream, lifetime, context.Writers)
        {
            WatchesList = dialect.Features.HasFlag(RawFeatures.Conversations),
        };
        return new RawSocketConnection(caller, socket, writer, dialect, context);
    }

    private Task RunAsync(RawSocketConnection connection, IPAddress? from, CancellationToken aborted)
    {
        try
        {
            connections.Open(connection, from);
        }
        catch (ChatException full) // others came between the look at the request and now
        {
            return connection.TurnAwayAsync(full);
        }
        if (options.Value.SingleSessionPerUser) EndOlder(connection);
        return connection.RunAsync(aborted);
    }

    /// <summary>Not awaited: an old peer that takes nothing must not hold up the new one.</summary>
    private void EndOlder(RawSocketConnection newest)
    {
        var background = context.Writers.Background;
        foreach (var older in connections.Of(newest.User).TakeWhile(connection => connection != newest)
            .OfType<RawSocketConnection>())
            background.Watch(older.EndAsync(CloseReason.SessionReplaced, "session replaced", background.Stopping));
    }
}
