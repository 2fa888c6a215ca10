namespace Chat.Server.Transports.Rest;

internal static class ThreadRoutes
{
    private static readonly (string Name, string Type, string Meaning)
        Conversation = ("id", "string", "The conversation."),
        Thread = ("thread", "integer", "The position of the thread's first message, or of a reply."),
        Caller = ("user_id", "string", "Who asks; with a token it may be left out.");

    /// <summary>Below <c>/api/v1/chat/{id}</c>.</summary>
    public static void MapThreads(this RouteGroupBuilder chat)
    {
        const string done = """{"status":"success"}""";
        chat.MapGet("/{id}/threads",
            (HttpContext http, string id, ThreadEndpoints handler) => handler.ListAsync(http, id))
            .Describe("listThreads", "Threads of a conversation, the one with the newest reply first", body: null,
                StatusCodes.Status200OK,
                """
                {"threads":[{"thread":2,"replies":1,"last_seq":3,"last_entry":null,"people":["ann"],
                "is_following":true,"last_read_seq":2,"unread":{"count":1,"more":false}}],"count":1}
                """,
                Conversation, Caller,
                ("before_seq", "integer", "Only threads whose newest reply is before this position."),
                ("limit", "integer", "Maximum number of threads (1–50, default 20)."));
        chat.MapPut("/{id}/threads/{thread}/follow",
            (HttpContext http, string id, string thread, ThreadEndpoints handler) =>
                handler.FollowAsync(http, id, thread, isFollowing: true))
            .Describe("followThread", "Follow a thread", body: null, StatusCodes.Status200OK, done, Conversation,
                Thread, Caller);
        chat.MapDelete("/{id}/threads/{thread}/follow",
            (HttpContext http, string id, string thread, ThreadEndpoints handler) =>
                handler.FollowAsync(http, id, thread, isFollowing: false))
            .Describe("unfollowThread", "Unfollow a thread", body: null, StatusCodes.Status200OK, done, Conversation,
                Thread, Caller);
    }

    /// <summary>Below <c>/api/v1/chat/{id}</c>.</summary>
    public static void MapPins(this RouteGroupBuilder chat)
    {
        const string done = """
            {"status":"success","id":"019a0000-0000-7000-8000-000000000002","seq":5,
            "created_at":"2025-01-01T12:00:00.000000Z","duplicate":false}
            """;
        (string, string, string) message = ("sequence", "integer", "The position of the message.");
        chat.MapGet("/{id}/pins", (HttpContext http, string id, ThreadEndpoints handler) => handler.PinsAsync(http, id))
            .Describe("listPins", "Pinned messages, the one that was pinned last first", body: null,
                StatusCodes.Status200OK,
                """
                {"pins":[{"seq":2,"pin_seq":5,"pinned_by":"ann","pinned_at":"2025-01-01T12:00:00.000000Z",
                "entry":null}],"count":1}
                """, Conversation, Caller);
        chat.MapPut("/{id}/messages/{sequence}/pin",
            (HttpContext http, string id, string sequence, ThreadEndpoints handler) =>
                handler.SetPinnedAsync(http, id, sequence, isPinned: true))
            .Describe("pinMessage", "Pin a message", body: null, StatusCodes.Status200OK, done, Conversation, message,
                Caller);
        chat.MapDelete("/{id}/messages/{sequence}/pin",
            (HttpContext http, string id, string sequence, ThreadEndpoints handler) =>
                handler.SetPinnedAsync(http, id, sequence, isPinned: false))
            .Describe("unpinMessage", "Unpin a message", body: null, StatusCodes.Status200OK, done, Conversation,
                message, Caller);
    }

    public static IEndpointRouteBuilder MapMentions(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGroup("/api/v1/mentions").WithTags("Users").AnswerRefusals()
            .MapGet("", (HttpContext http, ThreadEndpoints handler) => handler.MentionsAsync(http))
            .Describe("listMentions", "Messages that name the user, the newest first", body: null,
                StatusCodes.Status200OK,
                """
                {"mentions":[{"conversation_id":"019a0000-0000-7000-8000-000000000001","seq":3,"thread":null,
                "entry":null,"created_at":"2025-01-01T12:00:00.000000Z","cursor":"…"}],"count":1}
                """,
                Caller,
                ("limit", "integer", "Maximum number of mentions (1–100, default 50)."),
                ("cursor", "string", "Only those after the one with this cursor."));
        return endpoints;
    }
}
