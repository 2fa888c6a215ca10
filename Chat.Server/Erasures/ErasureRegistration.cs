using Chat.Server.Callers;
using Chat.Server.Erasures.Store;
using Chat.Server.Tasks;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Erasures;

internal static class ErasureRegistration
{
    private const string Example =
        """{"id":"019a0000-0000-7000-8000-000000000001","user_id":"ann","tenant":"default","state":"running","entries_done":50000,"entries":81324,"conversations":3,"messages":120,"requested_at":"2025-01-01T12:00:00.000000Z","finished_at":null}""";

    /// <summary>Erases content of conversations, and all that a user wrote.</summary>
    public static IServiceCollection AddErasure(this IServiceCollection services) => services
        .AddSingleton<IErasureEntries, ErasureEntries>().AddSingleton<ContentEraser>()
        .AddSingleton<UserErasureStore>().AddSingleton<ErasureEndpoints>()
        .AddTaskHandler<UserErasureTask, UserErasureHandler>(
            UserErasureTask.Type, () => UserErasureJson.Default.UserErasureTask);

    public static IEndpointRouteBuilder MapErasure(this IEndpointRouteBuilder endpoints)
    {
        var users = endpoints.MapGroup("/api/v1/admin/users").WithTags("Users")
            .AnswerRefusals().RequireScope(KeyScopes.Admin);
        users.MapPost("/erase", (HttpContext http, ErasureEndpoints handler) => handler.BeginAsync(http))
            .Describe("eraseUser", "Erase what a user wrote, everywhere", """{"user_id":"ann"}""",
                StatusCodes.Status202Accepted, Example);
        users.MapGet("/erasures/{id}",
            (HttpContext http, string id, ErasureEndpoints handler) => handler.FindAsync(http, id))
            .Describe("getUserErasure", "How far the erasure of a user is", body: null, StatusCodes.Status200OK,
                Example, ("id", "string", "The erasure."));
        return endpoints;
    }
}
