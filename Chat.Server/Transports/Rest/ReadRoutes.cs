namespace Chat.Server.Transports.Rest;

internal static class ReadRoutes
{
    /// <summary>Below <c>/api/v1/chat/{id}</c>.</summary>
    public static void MapReads(this RouteGroupBuilder chat)
    {
        const string done = """{"status":"success"}""", body = """{"seq":7,"thread":null}""";
        (string, string, string)[] parameters =
        [
            ("id", "string", "The conversation."), ("user_id", "string", "Who asks; with a token it may be left out."),
        ];
        chat.MapPut("/{id}/read", (HttpContext http, string id, ReadEndpoints handler) =>
                handler.MarkReadAsync(http, id))
            .Describe("markRead", "Move the read position forward, in the conversation or in a thread", body,
                StatusCodes.Status200OK, done, parameters);
        chat.MapGet("/{id}/read", (HttpContext http, string id, ReadEndpoints handler) => handler.ListAsync(http, id))
            .Describe("listReadPositions", "How far the participants have read, the furthest first", body: null,
                StatusCodes.Status200OK, """{"positions":[{"user_id":"ann","seq":7}],"count":1}""", parameters);
        chat.MapPut("/{id}/mute", (HttpContext http, string id, ReadEndpoints handler) =>
                handler.SetMutedAsync(http, id, isMuted: true))
            .Describe("muteConversation", "Want no notifications of a conversation", body: null,
                StatusCodes.Status200OK, done, parameters);
        chat.MapDelete("/{id}/mute", (HttpContext http, string id, ReadEndpoints handler) =>
                handler.SetMutedAsync(http, id, isMuted: false))
            .Describe("unmuteConversation", "Want them again", body: null, StatusCodes.Status200OK, done, parameters);
        chat.MapPut("/{id}/unread", (HttpContext http, string id, ReadEndpoints handler) =>
                handler.MarkUnreadAsync(http, id))
            .Describe("markUnread", "Mark an entry and all behind it as unread, for the user alone", body,
                StatusCodes.Status200OK, done, parameters);
    }
}
