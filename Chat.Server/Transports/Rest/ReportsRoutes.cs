using Chat.Server.Callers;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

internal static class ReportsRoutes
{
    private const string Done = """{"status":"success"}""", Close = """{"outcome":"acted"}""",
        Where = "019a0000-0000-7000-8000-000000000001";

    private const string Listed =
        $$"""
        {"reports":[{"id":7,"conversation_id":"{{Where}}","user_id":"ben","seq":null,"entry":null,
        "is_entry_cut":false,"reason":"spam","reporter_id":"ann","created_at":"2025-01-01T12:00:00.000000Z"}],"count":1}
        """;

    private static readonly (string Name, string Type, string Meaning) Caller =
        ("user_id", "string", "Who asks; with a token it may be left out."),
        Limit = ("limit", "integer", "Maximum number of reports (1–50, default 20)."),
        After = ("after_id", "integer", "Only reports after the one with this id."),
        Report = ("report", "integer", "The report's id."), Conversation = ("id", "string", "The conversation.");

    public static IEndpointRouteBuilder MapReports(this IEndpointRouteBuilder endpoints)
    {
        var ofOne = endpoints.MapGroup("/api/v1/chat/{id}/reports").WithTags("Reports")
            .AnswerRefusals();
        ofOne.MapPost("", (HttpContext http, string id, ReportsEndpoint handler) => handler.ReportAsync(http, id))
            .Describe("report", "Report a message (seq) or a user (participant_id) to the moderators",
                """{"seq":7,"reason":"spam"}""", StatusCodes.Status200OK, Done, Conversation, Caller);
        ofOne.MapGet("", (HttpContext http, string id, ReportsEndpoint handler) => handler.ListAsync(http, id))
            .Describe("listReports", "Open reports of a conversation, the oldest first", body: null,
                StatusCodes.Status200OK, Listed, Conversation, Caller, Limit, After);
        var all = endpoints.MapGroup("/api/v1/reports").WithTags("Reports")
            .AnswerRefusals();
        all.MapGet("", (HttpContext http, ReportsEndpoint handler) => handler.ListAsync(http, null))
            .Describe("listAllReports", "Open reports of the tenant, for its moderators", body: null,
                StatusCodes.Status200OK, Listed, Caller, Limit, After);
        all.MapPost("/{report}/close",
            (HttpContext http, string report, ReportsEndpoint handler) => handler.CloseAsync(http, report))
            .Describe("closeReport", "Close a report: dismissed or acted", Close, StatusCodes.Status200OK, Done,
                Report, Caller);
        var admin = endpoints.MapGroup("/api/v1/admin/reports").WithTags("Reports")
            .AnswerRefusals().RequireScope(KeyScopes.Admin);
        admin.MapGet("", (HttpContext http, ReportsEndpoint handler) => handler.ListForKeyAsync(http))
            .Describe("listReportsForKey", "Open reports of a tenant, the oldest first", body: null,
                StatusCodes.Status200OK, Listed, Limit, After);
        admin.MapPost("/{report}/close",
            (HttpContext http, string report, ReportsEndpoint handler) => handler.CloseForKeyAsync(http, report))
            .Describe("closeReportForKey", "Close a report: dismissed or acted", Close, StatusCodes.Status200OK, Done,
                Report);
        return endpoints;
    }
}
