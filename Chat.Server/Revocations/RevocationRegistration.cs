using Chat.Server.Callers;
using Chat.Server.Identity;
using Chat.Server.Persistence;
using Chat.Server.Revocations.Store;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Tasks;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Revocations;

internal static class RevocationRegistration
{
    /// <summary>Users who may not be here any more, on all instances.</summary>
    public static IServiceCollection AddRevocations(this IServiceCollection services)
    {
        services.AddSingleton<RevocationApplier>().AddSingleton<RevocationDesk>().AddSingleton<RevocationEndpoints>();
        services.AddSingleton<TenantStore>().AddSingleton<TenantEndpoints>();
        services.AddSingleton<RevocationMetrics>().AddSingleton<PostgresRevocations>();
        services.AddBackplaneTopic<RevocationHints>();
        services.AddPeriodicTask<RevocationExpiry>(RevocationExpiry.Type, RevocationExpiry.Interval);
        services.AddSingleton<IRevocationStore>(p => IsPostgres(p)
            ? ActivatorUtilities.CreateInstance<PostgresRevocationStore>(p)
            : ActivatorUtilities.CreateInstance<SqliteRevocationStore>(p));
        return services.AddSingleton<IHostedService>(p => !p.GetRequiredService<ServerMode>().HasTokens
            ? new NothingRevoked()
            : IsPostgres(p)
                ? ActivatorUtilities.CreateInstance<RevocationReader>(p)
                : ActivatorUtilities.CreateInstance<RevocationLoader>(p));
    }

    private static bool IsPostgres(IServiceProvider provider) =>
        provider.GetRequiredService<DatabaseSettings>().Kind == DatabaseKind.Postgres;

    public static IEndpointRouteBuilder MapRevocations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<RevocationMetrics>(); // counting begins here
        var users = endpoints.MapGroup("/api/v1/admin/users").WithTags("Users")
            .AnswerRefusals().RequireScope(KeyScopes.Admin);
        foreach (var (verb, kind, summary, body) in new[]
        {
            ("revoke", RevocationKind.Revoke, "Refuse the tokens that a user has",
                """{"user_id":"ann","reason":"password changed"}"""),
            ("deactivate", RevocationKind.Deactivate, "Refuse all tokens of a user, from now on",
                """{"user_id":"ann","reason":"left the company"}"""),
            ("reactivate", RevocationKind.Reactivate, "Take new tokens of a user again", """{"user_id":"ann"}"""),
        })
            users.MapPost($"/{verb}",
                (HttpContext http, RevocationEndpoints handler) => handler.HandleAsync(http, kind))
                .Describe($"{verb}User", summary, body, StatusCodes.Status200OK,
                    """{"effective_at":"2025-01-01T12:00:01.000000Z"}""");
        MapTenants(endpoints);
        return endpoints;
    }

    private static void MapTenants(IEndpointRouteBuilder endpoints)
    {
        var tenants = endpoints.MapGroup("/api/v1/admin/tenants").WithTags("Tenants")
            .AnswerRefusals().RequireScope(KeyScopes.Admin);
        tenants.MapGet("", (HttpContext http, TenantEndpoints handler) => handler.ListAsync(http))
            .Describe("listSuspendedTenants", "Tenants that are suspended", body: null, StatusCodes.Status200OK,
                """
                {"tenants":[{"tenant":"acme","suspended_at":"2025-01-01T12:00:00.000000Z","reason":"unpaid"}],"count":1}
                """);
        foreach (var (verb, kind, summary, body) in new[]
        {
            ("suspend", RevocationKind.Suspend, "Serve nobody of a tenant", """{"tenant":"acme","reason":"unpaid"}"""),
            ("resume", RevocationKind.Resume, "Serve a tenant again", """{"tenant":"acme"}"""),
        })
            tenants.MapPost($"/{verb}", (HttpContext http, TenantEndpoints handler) => handler.HandleAsync(http, kind))
                .Describe($"{verb}Tenant", summary, body, StatusCodes.Status200OK,
                    """{"effective_at":"2025-01-01T12:00:01.000000Z"}""");
    }
}
