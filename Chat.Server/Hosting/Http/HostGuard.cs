using Chat.Server.Transports.Http;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Http;

/// <summary>Refuses requests for a name that is not this server's.</summary>
/// <remarks>Somebody may have a name of theirs point at an address of this server. In a visitor's browser the server
/// then seems to be their own site (DNS rebinding), and <see cref="CrossSiteGuard"/> has nothing to notice. Only the
/// name in the request tells. <c>X-Forwarded-Host</c> is not looked at: a page may send it.</remarks>
internal sealed class HostGuard(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Refusal =
        "this server is not known by the host name that was asked for; "
        + "Chat:Server:AllowedHosts lists its names, beside localhost and addresses";

    private readonly AllowedHosts _allowed = AllowedHosts.Parse(options.Value.AllowedHosts);

    public Task InvokeAsync(HttpContext http) => _allowed.Contains(http.Request.Host.Host)
        ? next(http)
        : ErrorAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, Refusal);
}
