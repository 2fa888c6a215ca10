using Chat.Contracts.Rules;
using Chat.Server.Core;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Rest;

/// <summary>Read positions over REST: of a conversation, or of one of its threads.</summary>
internal sealed class ReadEndpoints(IIdentity identity, ChatService chat)
{
    public async Task MarkReadAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var mark = RestRead.Parse(await RequestBody.ReadAsync(http));
        var sequence = mark.Sequence ?? throw new ChatException(PageRules.Sequence.Violation());
        if (mark.Thread is { } thread)
            await chat.Threads.MarkReadAsync(caller, conversation, thread, sequence, http.RequestAborted);
        else await await chat.EnqueueMarkReadAsync(caller, conversation, sequence, http.RequestAborted);
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
}
