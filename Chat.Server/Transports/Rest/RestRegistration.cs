using Chat.Server.Callers;
using Chat.Server.Tasks;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

internal static class RestRegistration
{
    public static IServiceCollection AddRest(this IServiceCollection services) => services
        .AddSingleton<ChatEndpoints>().AddSingleton<ListEndpoint>().AddSingleton<UsersEndpoint>()
        .AddSingleton<MeEndpoint>().AddSingleton<KeyedRequests>().AddSingleton<RequestLimits>()
        .AddSingleton<CreateEndpoint>().AddSingleton<RightsEndpoints>()
        .AddSingleton<AmendmentEndpoints>().AddSingleton<ReactionEndpoints>()
        .AddSingleton<BlocksEndpoint>().AddSingleton<ThreadEndpoints>().AddSingleton<ReadEndpoints>()
        .AddSingleton<ReportsEndpoint>().AddSingleton<StoreEndpoint>()
        .AddSingleton<IUserTraces, ChatSendTraces>()
        .AddSingleton<RefusalAnswers>()
        .AddTaskHandler<ChatSendTask, ChatSendHandler>(ChatSendTask.Type, () => ChatSendJson.Default.ChatSendTask);

    /// <summary>Answers refusals of all endpoints of a group (<see cref="RefusalAnswers"/>).</summary>
    public static RouteGroupBuilder AnswerRefusals(this RouteGroupBuilder group) =>
        // One object for all. By its type, the framework compiles a factory for each group.
        group.AddEndpointFilter(
            ((IEndpointRouteBuilder)group).ServiceProvider.GetRequiredService<RefusalAnswers>());

    /// <summary>go-chatty's REST.</summary>
    public static IEndpointRouteBuilder MapRest(this IEndpointRouteBuilder endpoints)
    {
        const string conversation = "019a0000-0000-7000-8000-000000000001",
            message = "019a0000-0000-7000-8000-000000000002", user = "5a0b2f3e-0000-4000-8000-000000000001";
        var chat = endpoints.MapGroup("/api/v1/chat").WithTags("Conversations")
            .AnswerRefusals();
        chat.MapPost("", (HttpContext http, CreateEndpoint handler) => handler.CreateAsync(http))
            .Describe("createConversation", "Create a conversation",
                $$"""{"participant_ids":["{{user}}"]}""", StatusCodes.Status201Created,
                $$"""{"id":"{{conversation}}","created_at":"2025-01-01T12:00:00.000000Z"}""");
        chat.MapGet("", (HttpContext http, ListEndpoint handler) => handler.ListAsync(http))
            .Describe("listConversations", "Conversations of a user, most recently active first", body: null,
                StatusCodes.Status200OK,
                $$"""{"conversations":[{"id":"{{conversation}}","kind":"group","title":"Team","created_at":"2025-01-01T12:00:00.000000Z","last_seq":1,"last_read_seq":0,"is_muted":false,"unread_count":1,"last_entry":{"kind":"message","id":"{{message}}","conversation_id":"{{conversation}}","sender_id":"{{user}}","created_at":"2025-01-01T12:00:00.000000Z","body":"hello","msg_type":0,"attachment_url":null,"attachment_meta":null,"dedupe_key":null,"seq":1},"is_last_entry_cut":false,"cursor":"1735732800000000-019a0000000070008000000000000001","unread":{"count":1,"more":false},"unread_from":null}],"count":1}""",
                ("user_id", "string", "Whose."),
                ("limit", "integer", "Maximum number of conversations (1–100, default 50)."),
                ("cursor", "string", "Only conversations after the one with this cursor."));
        chat.MapPost("/{id}", (HttpContext http, string id, ChatEndpoints handler) => handler.SendAsync(http, id))
            .Describe("sendMessage", "Send a message",
                $$"""{"sender_id":"{{user}}","body":"hello","msg_type":0,"attachment_url":null,"attachment_meta":null,"dedupe_key":null}""",
                StatusCodes.Status202Accepted,
                $$"""{"status":"queued","task_id":"{{message}}","chat_id":"{{conversation}}","sender_id":"{{user}}"}""",
                ("id", "string", "The conversation."));
        chat.MapGet("/{id}/messages",
            (HttpContext http, string id, ChatEndpoints handler) => handler.ListAsync(http, id))
            .Describe("listMessages", "Messages of a conversation, newest first", body: null, StatusCodes.Status200OK,
                $$"""{"messages":[{"id":"{{message}}","conversation_id":"{{conversation}}","sender_id":"{{user}}","created_at":"2025-01-01T12:00:00.000000Z","body":"hello","msg_type":0,"attachment_url":null,"attachment_meta":null,"dedupe_key":null}],"limit":50,"offset":0,"count":1}""",
                ("id", "string", "The conversation."),
                ("limit", "integer", "Maximum number of messages (1–500, default 50)."),
                ("offset", "integer",
                    "Number of the newest messages to skip, at most 10,000. Prefer before_seq: it is exact while "
                    + "messages arrive."),
                ("before_seq", "integer", "Only messages before this position; each then has its position as seq."),
                ("after_seq", "integer",
                    "Only messages after this position, the nearest ones; each then has its position as seq."),
                ("user_id", "string",
                    "The requesting user, a participant of the conversation. Optional in open mode."),
                ("view", "string", "main, thread or log: entries, ascending, and what became of them."),
                ("thread", "integer", "With view=thread: which."));
        chat.MapRights();
        chat.MapThreads();
        chat.MapReads();
        chat.MapPins();
        chat.MapAmendments();
        chat.MapReactions();
        endpoints.MapGroup("/api/v1/me").WithTags("Users").AnswerRefusals()
            .MapGet("", (HttpContext http, MeEndpoint handler) => handler.AnswerAsync(http))
            .Describe("getMe", "Whom the server takes the caller for", body: null, StatusCodes.Status200OK,
                $$"""
                {"user_id":"{{user}}","tenant":"default","name":"Ann","roles":["user"],"expires_in_seconds":3600}
                """,
                ("user_id", "string", "Who asks; with a token it may be left out."));
        endpoints.MapGroup("/api/v1/users").WithTags("Users").AnswerRefusals()
            .MapGet("", (HttpContext http, UsersEndpoint handler) => handler.ListAsync(http))
            .Describe("listUsers", "Names of users who share a conversation with the one who asks", body: null,
                StatusCodes.Status200OK, $$"""{"users":[{"user_id":"{{user}}","name":"Ann"}],"count":1}""",
                ("user_id", "string", "Who asks."),
                ("id", "string[]", "Whose name; repeat it for several (1–100)."));
        return endpoints.MapBlocks().MapMentions().MapReports();
    }
}
