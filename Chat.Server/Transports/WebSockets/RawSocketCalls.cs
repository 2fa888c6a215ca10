using Chat.Server.Core;
using Chat.Server.Presence;
using Chat.Server.Users;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What the frames of a raw socket call.</summary>
internal sealed record RawSocketCalls(
    ChatService Chat, PresenceDesk Presence, UserDirectory Users, TokenRefresh Refresh);
