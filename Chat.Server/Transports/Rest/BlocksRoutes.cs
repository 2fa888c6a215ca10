namespace Chat.Server.Transports.Rest;

internal static class BlocksRoutes
{
    public static IEndpointRouteBuilder MapBlocks(this IEndpointRouteBuilder endpoints)
    {
        const string success = """{"status":"success"}""";
        (string, string, string) caller = ("user_id", "string", "Who asks; with a token it may be left out."),
            blocked = (BlocksEndpoint.BlockedParameter, "string", "Whom.");
        var blocks = endpoints.MapGroup("/api/v1/blocks").WithTags("Users")
            .AnswerRefusals();
        blocks.MapGet("", (HttpContext http, BlocksEndpoint handler) => handler.ListAsync(http))
            .Describe("listBlocks", "Whom the user has blocked", body: null, StatusCodes.Status200OK,
                """{"user_ids":["ben"],"count":1}""", caller);
        blocks.MapPut("", (HttpContext http, BlocksEndpoint handler) => handler.BlockAsync(http))
            .Describe("blockUser", "Have nothing to do with a user", body: null, StatusCodes.Status200OK, success,
                caller, blocked);
        blocks.MapDelete("", (HttpContext http, BlocksEndpoint handler) => handler.UnblockAsync(http))
            .Describe("unblockUser", "End that", body: null, StatusCodes.Status200OK, success, caller, blocked);
        return endpoints;
    }
}
