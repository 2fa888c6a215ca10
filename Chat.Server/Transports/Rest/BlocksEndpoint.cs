using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Identity;
using Chat.Server.Safety.Blocks;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.Rest;

/// <summary>Blocks between users over REST.</summary>
internal sealed class BlocksEndpoint(IIdentity identity, Blocking blocking, Answers answers)
{
    public const string BlockedParameter = "blocked_id";

    public async Task ListAsync(HttpContext http)
    {
        var caller = identity.CallerOf(http);
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Users);
        var found = await blocking.ListAsync(caller, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, users) =>
        {
            RawReplies.WriteIds(writer, JsonNames.Snake, users);
            writer.WriteNumber("count"u8, users.Count);
        });
    }

    public async Task BlockAsync(HttpContext http)
    {
        var (caller, blocked) = (identity.CallerOf(http), BlockedOf(http));
        await blocking.BlockAsync(caller, blocked, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task UnblockAsync(HttpContext http)
    {
        var (caller, blocked) = (identity.CallerOf(http), BlockedOf(http));
        await blocking.UnblockAsync(caller, blocked, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    private static UserId BlockedOf(HttpContext http) =>
        UserNames.ParseOne(http.Request.Query[BlockedParameter].FirstOrDefault(), new ChatField("blockedId"));
}
