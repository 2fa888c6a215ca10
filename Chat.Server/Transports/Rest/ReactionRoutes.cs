namespace Chat.Server.Transports.Rest;

internal static class ReactionRoutes
{
    private static readonly (string Name, string Type, string Meaning)[] Message =
    [
        ("id", "string", "The conversation."), ("sequence", "integer", "The message's position."),
        ("user_id", "string", "Who asks; with a token it may be left out."),
    ];

    /// <summary>Below <c>/api/v1/chat/{id}</c>.</summary>
    public static void MapReactions(this RouteGroupBuilder chat)
    {
        var reactions = chat.MapGroup("/{id}/messages/{sequence}/reactions");
        reactions.MapPut("", (HttpContext http, string id, string sequence, ReactionEndpoints handler) =>
                handler.SetAsync(http, id, sequence))
            .Describe("setReactions", "Set all reactions of one's own to a message", """{"keys":["👍",":tada:"]}""",
                StatusCodes.Status200OK,
                """
                {"status":"success","keys":[":tada:","👍"],"seq":5,"created_at":"2025-01-01T12:00:00.000000Z",
                "duplicate":false}
                """, Message);
        reactions.MapGet("", (HttpContext http, string id, string sequence, ReactionEndpoints handler) =>
                handler.ListAsync(http, id, sequence))
            .Describe("listReactions", "Who has put which reactions to a message", body: null, StatusCodes.Status200OK,
                """{"counts":[{"key":"👍","count":1}],"users":[{"user_id":"ann","keys":["👍"]}],"next":null}""",
                [.. Message, ("key", "string", "Only users with this reaction."),
                    ("after", "string", "Only users after this one: next of the page before; at most 100 at once.")]);
    }
}
