using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Presence;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Room;

/// <summary>chat-room's join, leave and send. The room is the lobby.</summary>
internal sealed class RoomEndpoints(
    IIdentity identity, ChatService chat, RoomClients clients, RoomDepartures departures, LocalPresence presence)
{
    public async Task JoinAsync(HttpContext http)
    {
        var client = ClientOf(http, RoomCommand.Parse(await RequestBody.ReadAsync(http)));
        await clients.JoinAsync(client, http.RequestAborted);
        presence.Hear(client.User);
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, client.Id, static (writer, id) =>
        {
            writer.WriteString("status"u8, "success"u8);
            writer.WriteString("client_id"u8, id.Value);
        });
    }

    public async Task LeaveAsync(HttpContext http)
    {
        var client = ClientOf(http, RoomCommand.Parse(await RequestBody.ReadAsync(http)));
        await clients.LeaveAsync(client.Id, http.RequestAborted);
        departures.Publish([client.Id]);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task SendAsync(HttpContext http)
    {
        var body = await RequestBody.ReadAsync(http);
        http.RequestServices.GetRequiredService<RequestLimits>().SpendSend(http, body.Length);
        var command = RoomCommand.Parse(body);
        var client = ClientOf(http, command);
        if (string.IsNullOrWhiteSpace(command.Message)) throw ChatException.BadRequest("message is required");
        await clients.RequireAsync(client, "Please join the room before sending messages.", http.RequestAborted);
        presence.Hear(client.User);
        try
        {
            await chat.SendAsync(client, ConversationId.Lobby, command.Message, options: null, http.RequestAborted);
        }
        catch (ChatException e) when (e.Violation?.Field == ChatField.Body)
        {
            throw new ChatException(e.ToError(_ => "message")); // the rules' body is this field here
        }
        await RestAnswer.SucceedAsync(http);
    }

    private Caller ClientOf(HttpContext http, in RoomCommand command) =>
        identity.TryNamed(http, "client_id", command.ClientId, out var client, out var refusal)
            ? RoomCaller.Of(client)
            : throw new ChatException(refusal);
}
