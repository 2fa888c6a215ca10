using Chat.Server.Limits;

namespace Chat.Server.Connections;

/// <summary>How many connections there may be, and how often one may do what.</summary>
internal sealed record ConnectionLimits(ConnectionLimit Count, CallLimits Calls);
