using Chat.Server.Callers;
using Chat.Server.Core;

namespace Chat.Server.Room;

/// <summary>Who may come to the room: it is the lobby, which the default tenant has.</summary>
internal static class RoomCaller
{
    /// <exception cref="ChatException">To another tenant there is no such room: it is answered as if the conversation
    /// did not exist.</exception>
    public static Caller Of(Caller caller) =>
        caller.Tenant == Tenant.Default ? caller : throw ChatException.Forbidden();
}
