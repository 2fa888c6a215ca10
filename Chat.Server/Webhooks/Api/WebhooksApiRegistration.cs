using Chat.Server.Callers;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Webhooks.Api;

internal static class WebhooksApiRegistration
{
    private const string State =
        """{"name":"orders","state":"disabled","failing_since":"2025-01-01T12:00:00.000000Z","disabled_at":"2025-01-02T12:00:00.000000Z","reason":"it took nothing for 24 hours; at last hooks.example.org answered 500","entries_behind":12,"parked":0}""";

    /// <summary>For operators: how the webhooks are; a disabled one is enabled, and what was told is told again.
    /// </summary>
    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder endpoints)
    {
        var webhooks = endpoints.MapGroup("/api/v1/admin/webhooks").WithTags("Webhooks")
            .AnswerRefusals().RequireScope(KeyScopes.Operator);
        webhooks.MapGet("", (HttpContext http, WebhookEndpoints handler) => handler.ListAsync(http))
            .Describe("listWebhooks", "How the webhooks are", body: null, StatusCodes.Status200OK,
                $$"""{"webhooks":[{{State}}],"count":1}""");
        webhooks.MapPost("/{name}/enable",
            (HttpContext http, string name, WebhookEndpoints handler) => handler.EnableAsync(http, name))
            .Describe("enableWebhook", "Post to a disabled webhook again, and try at once what waits", body: null,
                StatusCodes.Status200OK, State, ("name", "string", "The webhook."));
        webhooks.MapPost("/{name}/replay",
            (HttpContext http, string name, WebhookEndpoints handler) => handler.ReplayAsync(http, name))
            .Describe("replayWebhook",
                "Tell a webhook again, from a time on, from the \"beginning\", or leave out what waits (\"now\"); in "
                    + "one conversation or in all",
                """{"from":"2025-01-01T12:00:00Z","conversation_id":null}""", StatusCodes.Status200OK, State,
                ("name", "string", "The webhook."));
        return endpoints;
    }
}
