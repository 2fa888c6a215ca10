using Chat.Server.Callers;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Observers.Admin;

internal static class ObserverAdminRegistration
{
    public static IServiceCollection AddObserverAdmin(this IServiceCollection services) =>
        services.AddObserverOverview().AddSingleton<ObserverAdminEndpoints>().AddSingleton<OutboxAdminEndpoints>();

    /// <summary>For operators: how far observers are, what they failed with, and what outboxes were refused.</summary>
    public static IEndpointRouteBuilder MapObserverAdmin(this IEndpointRouteBuilder endpoints)
    {
        var admin = endpoints.MapGroup("/api/v1/admin").WithTags("Observers")
            .AnswerRefusals().RequireScope(KeyScopes.Operator);
        admin.MapGet("/observers", (HttpContext http, ObserverAdminEndpoints handler) => handler.ListAsync(http))
            .Describe("listObservers", "Observers: how far they are, and what they failed with", body: null,
                StatusCodes.Status200OK,
                """{"now":"2025-01-01T12:00:00.000000Z","observers":[{"name":"orders","owner":"019a0000-0000-7000-8000-000000000001","here":true,"stalled":false,"entries_behind":0,"seconds_behind":0,"parked_count":0,"parked":[]}]}""");
        admin.MapPost("/observers/retry",
            (HttpContext http, ObserverAdminEndpoints handler) => handler.RetryAsync(http))
            .Describe("retryObserver", "Try at once what an observer failed with", body: null, StatusCodes.Status200OK,
                ChangedAnswer.Example, ("observer", "string", "Its name."));
        admin.MapGet("/outboxes", (HttpContext http, OutboxAdminEndpoints handler) => handler.ListAsync(http))
            .Describe("listRefused", "Messages that outboxes were refused", body: null, StatusCodes.Status200OK,
                """{"now":"2025-01-01T12:00:00.000000Z","refused":[]}""");
        foreach (var (verb, isTriedAgain, summary) in new[]
        {
            ("retry", true, "Try a refused message again"), ("delete", false, "Delete a refused message"),
        })
            admin.MapPost($"/outboxes/{verb}",
                (HttpContext http, OutboxAdminEndpoints handler) => handler.EndAsync(http, isTriedAgain))
                .Describe($"{verb}Refused", summary, body: null, StatusCodes.Status200OK,
                    ChangedAnswer.Example,
                    ("outbox", "string", "The context whose outbox it is."), ("number", "integer", "Of its row."));
        return endpoints;
    }
}
