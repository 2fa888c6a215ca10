using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Proxy;

internal static class ProxySetup
{
    /// <summary>Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies in
    /// <see cref="ServerOptions.TrustedProxies"/>, and of nobody else.</summary>
    /// <remarks>A chain of proxies is followed back to the first address that is not trusted: that is the client. What
    /// it claims itself is not read.</remarks>
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        var list = app.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value.TrustedProxies;
        // validated at the start
        if (!TrustedNetworks.TryParse(list, out var networks, out _) || networks.Count == 0) return app;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        return app.UseForwardedHeaders(options);
    }
}
