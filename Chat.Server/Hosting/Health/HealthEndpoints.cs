using Chat.Server.Hosting.Http;
using Chat.Server.Transports.Http;

namespace Chat.Server.Hosting.Health;

/// <summary><c>/health</c> (chat-room's), <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its
/// work.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
    private static readonly HealthStatus Ok = new("ok");
    private static readonly HealthStatus Ready = new("ready");

    public static IServiceCollection AddChatHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<IReadinessCheck, NotShuttingDown>();
        return services;
    }

    /// <param name="services">Where the check is added.</param>
    /// <param name="name">Its name in the answer.</param>
    /// <param name="check">See <see cref="IReadinessCheck.CheckAsync"/>.</param>
    /// <param name="degrades">See <see cref="IReadinessCheck.Degrades"/>.</param>
    public static IServiceCollection AddReadinessCheck(
        this IServiceCollection services, string name,
        Func<IServiceProvider, CancellationToken, ValueTask<string?>> check, bool degrades = false) =>
        services.AddSingleton<IReadinessCheck>(
            provider => new DelegateReadinessCheck(name, degrades, ct => check(provider, ct)));

    public static IEndpointRouteBuilder MapChatHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");
        health.MapMethods("", GetAndHead, (HttpContext context, CancellationToken _) => WriteOkAsync(context, Ok))
            .Named("Health").WithSummary("The server answers").Produces<HealthStatus>();
        health.MapMethods("/live", GetAndHead, (HttpContext context, CancellationToken _) => WriteOkAsync(context, Ok))
            .Named("Liveness").WithSummary("The process lives").Produces<HealthStatus>();
        health.MapMethods("/ready", GetAndHead, WriteReadinessAsync)
            .Named("Readiness").WithSummary("200: send traffic here, also when degraded. 503: what is failing")
            .Produces<HealthStatus>()
            .Produces<ReadinessProblems>(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    /// <summary>An id per method: one of an endpoint would stand twice in the document.</summary>
    private static RouteHandlerBuilder Named(this RouteHandlerBuilder route, string name) =>
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            operation.OperationId = (context.Description.HttpMethod == HttpMethods.Head ? "head" : "get") + name;
            return Task.CompletedTask;
        });

    private static Task WriteOkAsync(HttpContext context, HealthStatus status) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, status, HealthJson.Default.HealthStatus);

    private static async Task WriteReadinessAsync(HttpContext context, Readiness readiness, CancellationToken ct)
    {
        var (failing, degraded) = await readiness.AskAsync(ct);
        if (failing is null && degraded is null)
            await WriteOkAsync(context, Ready);
        else
            await JsonAnswer.WriteAsync(
                context, failing is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
                new ReadinessProblems(failing is null ? "degraded" : "not ready", failing, degraded),
                HealthJson.Default.ReadinessProblems);
    }
}
