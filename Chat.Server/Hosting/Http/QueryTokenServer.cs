using Chat.Server.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.Server.Hosting.Http;

/// <summary>The web server, and tokens are taken out of addresses before the host sees a request: it logs and traces
/// the address before any middleware runs.</summary>
internal sealed class QueryTokenServer(IServer inner) : IServer
{
    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull =>
        inner.StartAsync(new Application<TContext>(application), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    // The one inside is a service of its own, which the container ends.
    public void Dispose() { }

    /// <summary>Puts itself before the web server that is registered.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var stock = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(stock);
        services.TryAddSingleton(stock.ImplementationType!);
        services.AddSingleton<IServer>(provider =>
            new QueryTokenServer((IServer)provider.GetRequiredService(stock.ImplementationType!)));
    }

    private sealed class Application<TContext>(IHttpApplication<TContext> inner) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            QueryToken.TakeOut(contextFeatures);
            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => inner.DisposeContext(context, exception);
    }
}
