using Chat.Server.Core;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Room.Polling;
using Chat.Server.Room.Store;
using Chat.Server.Transports.Rest;
using Microsoft.Extensions.Options;

namespace Chat.Server.Room;

internal static class RoomRegistration
{
    private const string NoRoom = "this server has no room: its lobby is turned off (Chat:Core:Lobby)";

    private static readonly string[] Paths = ["/join", "/leave", "/send", "/messages"];

    /// <summary>chat-room's REST room: settings <c>Chat:Room</c>.</summary>
    public static IServiceCollection AddRoom(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RoomOptions, RoomOptionsValidator>().BindConfiguration("Chat:Room");
        services.AddSingleton(p => p.GetRequiredService<IOptions<RoomOptions>>().Value);
        services.AddSingleton<RoomClientStore>();
        services.AddSingleton<RoomClients>();
        services.AddBackplaneTopic<RoomDepartures>();
        services.AddSingleton<RoomTimeline>();
        services.AddHostedService<RoomUpkeep>();
        services.AddSingleton<RoomEndpoints>();
        services.AddSingleton<RoomNews>();
        services.AddSingleton<PollConnections>();
        services.AddSingleton<PollEndpoint>();
        return services;
    }

    public static IEndpointRouteBuilder MapRoom(this IEndpointRouteBuilder endpoints)
    {
        const string client = """{"client_id":"ann"}""", success = """{"status":"success"}""";
        var room = endpoints.MapGroup("/api").WithTags("Room").AnswerRefusals();
        if (!endpoints.ServiceProvider.GetRequiredService<CoreOptions>().Lobby)
        {
            foreach (var path in Paths)
                room.Map(path, IResult () => throw new NotFoundException(NoRoom)).ExcludeFromDescription();
            return endpoints;
        }
        room.MapPost("/join", (HttpContext http, RoomEndpoints handler) => handler.JoinAsync(http))
            .Describe("joinRoom", "Join the room", body: client, StatusCodes.Status200OK,
                """{"status":"success","client_id":"ann"}""");
        room.MapPost("/leave", (HttpContext http, RoomEndpoints handler) => handler.LeaveAsync(http))
            .Describe("leaveRoom", "Leave the room", body: client, StatusCodes.Status200OK, success);
        room.MapPost("/send", (HttpContext http, RoomEndpoints handler) => handler.SendAsync(http))
            .Describe("sendToRoom", "Send a message to the room. Answers once the message is stored",
                body: """{"client_id":"ann","message":"hello"}""", StatusCodes.Status200OK, success);
        room.MapGet("/messages", (HttpContext http, PollEndpoint handler) => handler.HandleAsync(http))
            .Describe("pollRoom",
                "Messages of the room. Answers at once when there are any, else when one arrives, or empty after "
                    + "30 seconds. The header X-Chat-Cursor is the next after_id",
                body: null, StatusCodes.Status200OK,
                """
                {"messages":[{"id":1,"sender_id":"ann","message":"hello","created_at":"2025-01-01T12:00:00.000000Z"}]}
                """,
                ("client_id", "string", "The client, which must have joined."),
                ("after_id", "integer",
                    "Only messages with a larger id. Exact: no message is lost or repeated. since is then ignored."),
                ("since", "number", "Only messages stored later than this, in Unix seconds; a fraction is allowed."),
                ("limit", "integer", "Maximum number of messages (1–1000, default all)."));
        return endpoints;
    }
}
