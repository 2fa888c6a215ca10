using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Identity;
using Chat.Server.Rights;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

/// <summary>Reactions to a message over REST.</summary>
internal sealed class ReactionEndpoints(IIdentity identity, Reacting reacting, Answers answers, RequestLimits limits)
{
    public async Task SetAsync(HttpContext http, string id, string sequence)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var body = await RequestBody.ReadAsync(http);
        limits.SpendSend(http, body.Length);
        var keys = RestReactions.Parse(body);
        var stored = await reacting.EnqueueAsync(
            caller, conversation, AmendmentEndpoints.SequenceOf(sequence), keys, from: null, http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, await stored,
            static (writer, receipt) =>
            {
                writer.WriteString("status"u8, "success"u8);
                ReactionFields.Write(writer, JsonNames.Snake, receipt);
            });
    }

    public async Task ListAsync(HttpContext http, string id, string sequence)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var (key, after) = ((string?)http.Request.Query["key"], (string?)http.Request.Query["after"]);
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.List);
        var page = await reacting.ListAsync(caller, conversation, AmendmentEndpoints.SequenceOf(sequence),
            string.IsNullOrEmpty(key) ? null : key,
            string.IsNullOrEmpty(after) ? null : UserNames.ParseOne(after, ChatField.After), http.RequestAborted);
        room.Hold(AnswerWeight.Of(page));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, page,
            static (writer, found) => ReactionFields.Write(writer, JsonNames.Snake, found));
    }
}
