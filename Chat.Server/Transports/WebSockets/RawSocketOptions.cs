using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Settings <c>Chat:RawSocket</c>: the sockets that speak go-chatty's frames.</summary>
internal sealed class RawSocketOptions
{
    /// <summary>One socket a user, as the original had it: a newer one closes the older with 4001. Default
    /// false.</summary>
    public bool SingleSessionPerUser { get; set; }

    /// <summary>Seconds between Ping frames, independent of what the peer sends. Default 30.</summary>
    [Range(1, 3_600)]
    public int PingSeconds { get; set; } = 30;

    /// <summary>Seconds that a peer may be silent in addition to <see cref="PingSeconds"/>. Then it is dropped, at most
    /// an eighth of them later. Any byte is a sign of life. Default 30, so 60 in all.</summary>
    [Range(1, 3_600)]
    public int PongTimeoutSeconds { get; set; } = 30;
}

[OptionsValidator]
internal sealed partial class RawSocketOptionsValidator : IValidateOptions<RawSocketOptions>;
