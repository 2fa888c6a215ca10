using Chat.Server.Transports.Http;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Http;

/// <summary>Refuses requests for a name that is not this server's.</summary>
/// <remarks>An attacker may point a host name at this server's address. In a visitor's browser the server then appears
/// as the attacker's own site (DNS rebinding), which <see cref="CrossSiteGuard"/> cannot detect. Only the name in the
/// request shows it. <c>X-Forwarded-Host</c> is ignored: a page may send it.</remarks>
internal sealed class HostGuard(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Refusal =
        "the host name of this request is not one of this server's; "
        + "Chat:Server:AllowedHosts lists its names, besides localhost and addresses";

    private readonly AllowedHosts _allowed = AllowedHosts.Parse(options.Value.AllowedHosts);

    public Task InvokeAsync(HttpContext http) => _allowed.Contains(http.Request.Host.Host)
        ? next(http)
        : ErrorAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, Refusal);
}
