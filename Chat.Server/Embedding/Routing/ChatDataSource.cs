using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Chat.Server.Embedding.Routing;

/// <summary>The chat's endpoints below their prefix, and below the groups of the application that it is mapped
/// in.</summary>
/// <param name="services">The chat's.</param>
/// <param name="prefix">Where it is mapped.</param>
/// <param name="steps">What requests pass before an endpoint; null in the program, where they pass it as
/// middleware.</param>
internal sealed class ChatDataSource(IServiceProvider services, RoutePattern prefix, RequestDelegate? steps)
    : EndpointDataSource
{
    private readonly Lock _gate = new();
    private IReadOnlyList<Endpoint>? _endpoints;

    /// <summary>What the application's conventions are for.</summary>
    public required IEnumerable<EndpointDataSource> Clients { get; init; }

    /// <summary>What anybody may load, whatever the application demands by default.</summary>
    public required IEnumerable<EndpointDataSource> Anybody { get; init; }

    public required ChatConventions Said { get; init; }

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            lock (_gate) return _endpoints ??= GetGroupedEndpoints(new RouteGroupContext
            {
                Prefix = RoutePatternFactory.Parse(""), ApplicationServices = services,
            });
        }
    }

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context)
    {
        var full = RoutePatternFactory.Combine(context.Prefix, prefix);
        var clients = new RouteGroupContext
        {
            Prefix = full, ApplicationServices = services,
            Conventions = [.. context.Conventions, .. Said.Added, builder => builder.Metadata.Add(ChatGroup.Name)],
            FinallyConventions = [Enter, .. Said.AddedFinally, .. context.FinallyConventions],
        };
        var anybody = new RouteGroupContext
        {
            Prefix = full, ApplicationServices = services,
            Conventions =
                [.. context.Conventions, builder => builder.Metadata.Add(new AllowAnonymousAttribute())],
            FinallyConventions = [Enter, .. context.FinallyConventions],
        };
        return
        [
            .. Clients.SelectMany(source => source.GetGroupedEndpoints(clients)),
            .. Anybody.SelectMany(source => source.GetGroupedEndpoints(anybody)),
        ];

        void Enter(EndpointBuilder builder)
        {
            if (steps is not null) ChatEndpoint.Wrap(builder, steps, full.PathSegments.Count, services);
        }
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
