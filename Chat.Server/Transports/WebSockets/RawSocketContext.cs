using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Presence;
using Chat.Server.Rights;
using Chat.Server.Safety.Blocks;
using Chat.Server.Safety.Reports;
using Chat.Server.Users;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What all raw sockets of this instance share.</summary>
internal sealed class RawSocketContext(
    RawSocketCalls calls, CoreOptions core, WriterContext writers, ILogger<RawSocketConnection> logger)
{
    public ChatService Chat => calls.Chat;

    public Amendments Amendments => calls.Rights.Amendments;

    public Pinning Pinning => calls.Rights.Pinning;

    public PresenceDesk Presence => calls.Presence;

    public UserDirectory Users => calls.Users.Names;

    public TokenRefresh Refresh => calls.Refresh;

    public Blocking Blocking => calls.Users.Blocking;

    public ReportCalls Reports => calls.Users.Reports;

    public ConversationRights Rights => calls.Rights;

    /// <summary>How many sends and read marks of one socket may be under way.</summary>
    public int SendsInFlight => core.SendsInFlightPerConnection;

    public WriterContext Writers => writers;

    public ILogger Logger => logger;
}
