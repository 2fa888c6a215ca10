namespace Chat.Server.Transports.Rest;

internal static class AmendmentRoutes
{
    private static readonly (string Name, string Type, string Meaning)[] Message =
    [
        ("id", "string", "The conversation."), ("sequence", "integer", "The message's position."),
        ("user_id", "string", "Who asks; with a token it may be left out."),
    ];

    /// <summary>Below <c>/api/v1/chat/{id}</c>.</summary>
    public static void MapAmendments(this RouteGroupBuilder chat)
    {
        const string message = "019a0000-0000-7000-8000-000000000002", user = "5a0b2f3e-0000-4000-8000-000000000001",
            conversation = "019a0000-0000-7000-8000-000000000001";
        const string receipt =
            $$"""
            {"status":"success","id":"{{message}}","seq":3,"created_at":"2025-01-01T12:00:00.000000Z",
            "duplicate":false}
            """;
        const string entries =
            $$"""
            {"entries":[{"kind":"message","id":"{{message}}","conversation_id":"{{conversation}}",
            "sender_id":"{{user}}","created_at":"2025-01-01T12:00:00.000000Z","body":"hello","msg_type":0,
            "attachment_url":null,"attachment_meta":null,"dedupe_key":null,"seq":2}],"count":1}
            """;
        chat.MapPost("/{id}/messages",
            (HttpContext http, string id, StoreEndpoint handler) => handler.StoreAsync(http, id))
            .Describe("storeMessage", "Send a message, and wait until it is stored",
                $$"""
                {"sender_id":"{{user}}","body":"hello","msg_type":0,"attachment_url":null,"attachment_meta":null,
                "dedupe_key":null}
                """, StatusCodes.Status200OK, receipt, Message[0]);
        var one = chat.MapGroup("/{id}/messages/{sequence}");
        one.MapGet("", (HttpContext http, string id, string sequence, AmendmentEndpoints handler) =>
                handler.ReadAsync(http, id, sequence))
            .Describe("getMessage", "A message, and the entry that has its content now", body: null,
                StatusCodes.Status200OK, entries, Message);
        one.MapGet("/versions", (HttpContext http, string id, string sequence, AmendmentEndpoints handler) =>
                handler.ReadVersionsAsync(http, id, sequence))
            .Describe("listVersions", "A message, its edits and its deletion, ascending", body: null,
                StatusCodes.Status200OK, entries,
                [.. Message, ("after_seq", "integer", "Only those after this position; at most 100 at once.")]);
        one.MapPatch("", (HttpContext http, string id, string sequence, AmendmentEndpoints handler) =>
                handler.EditAsync(http, id, sequence))
            .Describe("editMessage", "Edit one's own message",
                """{"body":"hello again","attachment_url":null,"attachment_meta":null,"if_version":2}""",
                StatusCodes.Status200OK, receipt, Message);
        one.MapDelete("", (HttpContext http, string id, string sequence, AmendmentEndpoints handler) =>
                handler.DeleteAsync(http, id, sequence))
            .Describe("deleteMessage", "Delete a message for ever", body: null, StatusCodes.Status200OK, receipt,
                [.. Message, ("reason", "string", "Why."),
                    ("dedupe_key", "string", "The caller's own name for the deletion.")]);
    }
}
