using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Rest;

/// <summary>Read positions over REST: of a conversation, or of one of its threads. And whether a user wants to be told
/// of it.</summary>
internal sealed class ReadEndpoints(IIdentity identity, ChatService chat, Answers answers)
{
    public async Task MarkReadAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var mark = RestRead.Parse(await RequestBody.ReadAsync(http));
        var sequence = mark.Sequence ?? throw new ChatException(PageRules.Sequence.Violation());
        await await chat.EnqueueMarkReadAsync(caller, conversation, sequence, mark.Thread, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task MarkUnreadAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var mark = RestRead.Parse(await RequestBody.ReadAsync(http));
        await chat.MarkUnreadAsync(
            caller, conversation, mark.Sequence ?? 0, mark.Thread, http.RequestAborted); // 0 is refused
        await RestAnswer.SucceedAsync(http);
    }

    public async Task ListAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Users);
        var found = await chat.ReadPositionsAsync(caller, conversation, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, positions) =>
        {
            writer.WriteStartArray("positions"u8);
            foreach (var position in positions)
            {
                writer.WriteStartObject();
                writer.WriteString(JsonNames.Snake.UserId, position.UserId.Value);
                writer.WriteNumber("seq"u8, position.Sequence);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, positions.Count);
        });
    }

    public async Task SetMutedAsync(HttpContext http, string id, bool isMuted)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        await chat.SetMutedAsync(caller, conversation, isMuted, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }
}
