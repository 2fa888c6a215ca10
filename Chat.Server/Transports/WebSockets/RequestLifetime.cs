using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.WebSockets;

/// <summary>The end of a request as that of a connection.</summary>
internal sealed class RequestLifetime(HttpContext http) : IConnectionLifetimeFeature
{
    // Taken at the start: a drain may outlive the request, and the request's context with it.
    private readonly IHttpRequestLifetimeFeature _request =
        http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();

    public CancellationToken ConnectionClosed { get; set; } = http.RequestAborted;

    public void Abort() => _request.Abort();
}
