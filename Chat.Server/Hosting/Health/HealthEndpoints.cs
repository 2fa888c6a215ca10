namespace Chat.Server.Hosting.Health;

/// <summary><c>/health</c> (chat-room's), <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
internal static class HealthEndpoints
{
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
    public static IServiceCollection AddReadinessCheck(
        this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, ValueTask<string?>> check) =>
        services.AddSingleton<IReadinessCheck>(provider => new DelegateReadinessCheck(name, ct => check(provider, ct)));

    public static IEndpointRouteBuilder MapChatHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", context => WriteOkAsync(context, Ok)).WithTags("Health").WithSummary("The server answers");
        routes.MapGet("/health/live", context => WriteOkAsync(context, Ok)).WithTags("Health").WithSummary("The process lives");
        routes.MapGet("/health/ready", WriteReadinessAsync).WithTags("Health").WithSummary("200: send traffic here. 503: what is failing");
        return routes;
    }

    private static Task WriteOkAsync(HttpContext context, HealthStatus status) =>
        context.Response.WriteAsJsonAsync(status, HealthJson.Default.HealthStatus, cancellationToken: context.RequestAborted);

    private static async Task WriteReadinessAsync(HttpContext context)
    {
        var failing = await context.RequestServices.GetRequiredService<Readiness>().FailingAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (failing.Count == 0)
        {
            await WriteOkAsync(context, Ready);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsJsonAsync(new NotReady("not ready", failing), HealthJson.Default.NotReady, cancellationToken: context.RequestAborted);
    }
}
