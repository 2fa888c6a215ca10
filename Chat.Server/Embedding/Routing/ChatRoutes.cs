namespace Chat.Server.Embedding.Routing;

/// <summary>Endpoints of the chat while they are mapped: they find its own services.</summary>
internal sealed class ChatRoutes(IServiceProvider services, IEndpointRouteBuilder outer) : IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider => services;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() =>
        services == outer.ServiceProvider ? outer.CreateApplicationBuilder() : new ApplicationBuilder(services);
}
