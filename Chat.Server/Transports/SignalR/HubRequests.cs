using Chat.Server.Limits;
using Chat.Server.Transports.SignalR.Owners;
using Chat.Server.Transports.SignalR.Polling;

namespace Chat.Server.Transports.SignalR;

/// <summary>What is known of the requests that belong to one hub connection.</summary>
internal sealed record HubRequests(
    HubPolls Polls, HubOwners Owners, NegotiatedConnections Negotiated, ReconnectBuffers Buffers);
