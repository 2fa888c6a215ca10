using Chat.Server.Callers;
using Chat.Server.Tasks;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Audit.Api;

internal static class AuditApiRegistration
{
    public static IServiceCollection AddAuditApi(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>()
            .BindConfiguration(AuditOptions.Section);
        return services.AddSingleton<AuditEndpoint>()
            .AddPeriodicTask<AuditCleanup>(AuditCleanup.Type, AuditCleanup.Interval);
    }

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGroup("/api/v1/admin/audit").WithTags("Audit")
            .AnswerRefusals().RequireScope(KeyScopes.Admin)
            .MapGet("", (HttpContext http, AuditEndpoint handler) => handler.ListAsync(http))
            .Describe("listAudit", "Who did what, the newest first", body: null, StatusCodes.Status200OK,
                """{"entries":[{"number":1,"at":"2025-01-01T12:00:00.000000Z","tenant":"acme","actor":"key:fedcba9876543210","act":"token.create","target":"user:ann 0123456789abcdef","outcome":"ok","request_id":"0HN","address":"203.0.113.7"}],"count":1,"before":null}""",
                ("limit", "integer", "Maximum number of entries (1–500, default 50)."),
                ("before", "integer", "Only entries with a smaller number: \"before\" of the page before."),
                ("act", "string", "Only this act."));
        return endpoints;
    }
}
