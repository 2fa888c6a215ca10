using System.Net;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Identity;
using Chat.Server.Transports.Framing;
using Chat.Server.Transports.SignalR.Owners;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>Makes a connection of ours from a hub connection, opens it, and closes it.</summary>
internal sealed class HubOpening(
    IIdentity identity, ConnectionRegistry connections, HubRequests requests, HubSendContext sends,
    WriterContext context)
{
    /// <summary>How long a client that is turned away may take to read why.</summary>
    private static readonly TimeSpan TurnedAwayBound = TimeSpan.FromSeconds(1);

    /// <exception cref="HubException">It does not say whose it is.</exception>
    /// <exception cref="ChatException">There are as many as there may be. It was told so.</exception>
    public async Task OpenAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext()!;
        var owner = requests.Owners.FindOf(http);
        // Over long polling the request is a copy without it.
        if (owner is not null && http.Features.Get<Caller>() is null) http.Features.Set(owner.Caller);
        if (!identity.TryIdentify(http, out var caller, out var refusal))
            throw new HubException(refusal.ToHubText());
        connection.UserIdentifier = caller.User.ToString();
        // Stateful reconnect numbers every message, so those have to go through SignalR.
        var socket = StatefulReconnect.IsUsedBy(connection) ? null : SharedStreamUpgrade.StreamOf(http);
        var writer = new HubWriter(caller.User, connection, socket, requests.Polls.BodyOf(connection), context);
        var opening = new HubConnection(caller, connection.ConnectionId, writer, context.Time)
        {
            KeepsAnswers = StatefulReconnect.IsUsedBy(connection),
        };
        try
        {
            Enter(opening, http.Connection.RemoteIpAddress);
        }
        catch (ChatException full) // others came between the look at the request and now
        {
            opening.TurnAway(full);
            // SignalR ends it with the exception, and throws away what the client has not read by then.
            await Task.Delay(TurnedAwayBound, context.Time, connection.ConnectionAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        if (connection.Protocol is WatchedHubProtocol protocol)
            (protocol.Connection, protocol.Intake) = (opening, new HubIntake(opening, context)
            {
                Sends = socket is null ? null : new HubSends(opening, connection.Protocol, sends),
            });
        HubConnections.Attach(connection, opening);
        if (HubOwners.IsNegotiated(http)) requests.Negotiated.Open();
        requests.Polls.Add(connection, opening);
        if (owner is not null) owner.IsOpen = true;
        HubSilence.Watch(connection, context.Time);
    }

    private void Enter(HubConnection opening, IPAddress? from)
    {
        requests.Buffers.Take(opening);
        try
        {
            connections.Open(opening, from);
        }
        catch
        {
            requests.Buffers.Return(opening);
            throw;
        }
    }

    /// <summary>SignalR has ended it.</summary>
    public void Close(HubConnectionContext connection, HubConnection ours)
    {
        ours.Dispose();
        ours.Acknowledge();
        requests.Buffers.Return(ours);
        requests.Polls.Remove(connection);
        requests.Owners.Forget(connection.GetHttpContext()!);
    }
}
