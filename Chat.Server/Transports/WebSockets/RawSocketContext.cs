using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Presence;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What all raw sockets of this instance share.</summary>
internal sealed class RawSocketContext(
    ChatService chat, PresenceDesk presence, CoreOptions core, WriterContext writers,
    ILogger<RawSocketConnection> logger)
{
    public ChatService Chat => chat;

    public PresenceDesk Presence => presence;

    /// <summary>How many sends and read marks of one socket may be under way.</summary>
    public int SendsInFlight => core.SendsInFlightPerConnection;

    public WriterContext Writers => writers;

    public ILogger Logger => logger;
}
