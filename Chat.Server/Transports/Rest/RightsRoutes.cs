namespace Chat.Server.Transports.Rest;

internal static class RightsRoutes
{
    private static readonly (string Name, string Type, string Meaning) Conversation =
        ("id", "string", "The conversation.");

    private static readonly (string Name, string Type, string Meaning) Caller =
        ("user_id", "string", "Who asks; with a token it may be left out.");

    /// <summary>Below <c>/api/v1/chat/{id}</c>.</summary>
    public static void MapRights(this RouteGroupBuilder chat)
    {
        const string done = """{"status":"success"}""", user = "5a0b2f3e-0000-4000-8000-000000000001";
        chat.MapPatch("/{id}", (HttpContext http, string id, RightsEndpoints handler) => handler.ChangeAsync(http, id))
            .Describe("changeConversation", "Change title and settings of a conversation",
                """{"title":"Team","slow_mode_seconds":10}""", StatusCodes.Status200OK, done, Conversation, Caller);
        chat.MapPut("/{id}/roles",
            (HttpContext http, string id, RightsEndpoints handler) => handler.SetRoleAsync(http, id))
            .Describe("setRole", "Give a user another role: owner, moderator, member, readonly (mute), blocked (ban)",
                $$"""{"participant_id":"{{user}}","role":"readonly","seconds":3600,"reason":"too loud"}""",
                StatusCodes.Status200OK, done, Conversation, Caller);
        var participants = chat.MapGroup("/{id}/participants");
        participants.MapGet("",
            (HttpContext http, string id, RightsEndpoints handler) => handler.ListAsync(http, id))
            .Describe("listParticipants", "Participants of a conversation and their roles, by id", body: null,
                StatusCodes.Status200OK,
                $$"""
                {"role":"owner","slow_mode_seconds":0,
                "participants":[{"user_id":"{{user}}","role":"member","until":null,"reason":null}],"count":1}
                """,
                Conversation, Caller,
                ("role", "string", "Only those with this role; blocked: those who are banned."),
                ("after", "string", "Only users after this one."),
                ("limit", "integer", "Maximum number of participants (1–500, default 100)."));
        participants.MapPost("",
            (HttpContext http, string id, RightsEndpoints handler) => handler.AddAsync(http, id))
            .Describe("addParticipants", "Add participants to a group", $$"""{"participant_ids":["{{user}}"]}""",
                StatusCodes.Status200OK, done, Conversation, Caller);
        participants.MapDelete("",
            (HttpContext http, string id, RightsEndpoints handler) => handler.RemoveAsync(http, id))
            .Describe("removeParticipant", "Remove a participant from a group", body: null, StatusCodes.Status200OK,
                done, Conversation, Caller, ("participant_id", "string", "Who."));
    }
}
