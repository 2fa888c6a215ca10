using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Identity;
using Chat.Server.Transports.WebSockets;
using Chat.Server.Users;

namespace Chat.Server.Transports.Rest;

/// <summary>The names of users over REST.</summary>
internal sealed class UsersEndpoint(IIdentity identity, UserDirectory users, Answers answers)
{
    public const string IdParameter = "id";

    public async Task ListAsync(HttpContext http)
    {
        var caller = identity.CallerOf(http);
        var asked = UserNames.Parse(http.Request.Query[IdParameter].OfType<string>().ToList(), ChatField.UserIds);
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Users);
        var found = await users.FindAsync(caller, asked, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, s) =>
        {
            RawReplies.WriteUsers(writer, JsonNames.Snake, s);
            writer.WriteNumber("count"u8, s.Count);
        });
    }
}
