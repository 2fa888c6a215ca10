using Chat.Server.Callers;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Application.Api;

internal static class ApplicationRoutes
{
    private const string Entry =
        """{"kind":"conversationCreated","id":"019a0000-0000-7000-8000-000000000002","conversationId":"019a0000-0000-7000-8000-000000000001","sequence":1,"senderId":"ann","createdAt":"2025-01-01T12:00:00.000000Z","participantIds":["ann","ben"],"title":"Team"}""";

    private const string Line =
        """{"type":"entry","entry":{"kind":"message","id":"019a0000-0000-7000-8000-000000000003"}}""";

    public static IEndpointRouteBuilder MapApplication(this IEndpointRouteBuilder endpoints)
    {
        var admin = endpoints.MapGroup("/api/v1/admin").WithTags("Back ends")
            .AnswerRefusals().RequireScope(KeyScopes.Admin);
        admin.MapPost("/import", (HttpContext http, ApplicationEndpoints handler) => handler.ImportAsync(http))
            .AddEndpointFilter<WhileKeyHolds>()
            .Describe("importHistory", "Store the history of new conversations, with its own times and senders",
                $"[{Entry}]", StatusCodes.Status201Created, """{"conversations":1,"known":0,"entries":1}""",
                ("kind", "string", "What all of them are: group (default) or direct."));
        admin.MapPost("/users/export",
            (HttpContext http, ApplicationEndpoints handler) => handler.ExportUserAsync(http))
            .AddEndpointFilter<WhileKeyHolds>()
            .Describe("exportUser", "What a user wrote, did and takes part in, as lines of JSON",
                """{"user_id":"ann"}""", StatusCodes.Status200OK, Line);
        admin.MapPost("/observers/rewind",
            (HttpContext http, ApplicationEndpoints handler) => handler.RewindAsync(http))
            .Describe("rewindObserver", "Have an observer go on from another place",
                """{"observer":"orders","to":"beginning"}""", StatusCodes.Status200OK, """{"status":"success"}""");
        return endpoints;
    }
}
