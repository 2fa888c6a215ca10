using Chat.Server.Core;
using Chat.Server.Presence;
using Chat.Server.Rights;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What the frames of a raw socket call.</summary>
internal sealed record RawSocketCalls(
    ChatService Chat, PresenceDesk Presence, UserCalls Users, TokenRefresh Refresh, ConversationRights Rights);
