using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.Rest;

/// <summary>A user's list of conversations over REST.</summary>
internal sealed class ListEndpoint(IIdentity identity, ChatService chat, Answers answers)
{
    public async Task ListAsync(HttpContext http)
    {
        var caller = identity.CallerOf(http);
        ChatException.ThrowIf(ListRules.Limit.Parse(http.Request.Query["limit"], out var limit));
        string? cursor = http.Request.Query["cursor"];
        var query = new ConversationsQuery { Cursor = cursor is "" ? null : cursor, Limit = (int?)limit };
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.List);
        var listed = await chat.ConversationsAsync(caller, query, http.RequestAborted);
        room.Hold(AnswerWeight.Of(listed));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, listed, static (writer, s) =>
        {
            RawListFields.Write(writer, JsonNames.Snake, s, RawFeatures.Threads);
            writer.WriteNumber("count"u8, s.Count);
        });
    }
}
