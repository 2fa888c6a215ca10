using System.Net;
using Chat.Server.Callers;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What is left of a request that becomes a raw socket.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="Dialect">How it is spoken to.</param>
/// <param name="From">Where it comes from, behind proxies that are trusted.</param>
internal sealed record RawSocketOpening(Caller Caller, RawDialect Dialect, IPAddress? From);
