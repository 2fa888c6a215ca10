using Chat.Server.Limits;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Chat.Server.Hosting.Proxy;

internal static class ProxySetup
{
    /// <summary>Takes <see cref="ServerOptions.PathBase"/> off the addresses of requests. Before everything that looks
    /// at an address.</summary>
    public static IApplicationBuilder UsePublishedPath(this IApplicationBuilder app) =>
        app.UsePathBase(app.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value.PathBase);

    /// <summary>The addresses that are counted: not those of the proxies.</summary>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services) =>
        services.AddSingleton(p => new CountedAddresses(NetworksOf(p)));

    /// <summary>Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies in
    /// <see cref="ServerOptions.TrustedProxies"/> only.</summary>
    /// <remarks>A chain of proxies is followed back to the first address that is not trusted: that is the client. What
    /// it claims itself is not read.</remarks>
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        var networks = NetworksOf(app.ApplicationServices);
        app.UseMiddleware<UntrustedProxyHint>(networks,
            app.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System);
        if (networks.Count == 0) return app;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        return app.UseForwardedHeaders(options);
    }

    private static List<IPNetwork> NetworksOf(IServiceProvider services)
    {
        var list = services.GetRequiredService<IOptions<ServerOptions>>().Value.TrustedProxies;
        TrustedNetworks.TryParse(list, out var networks, out _); // validated at the start
        return networks;
    }
}
