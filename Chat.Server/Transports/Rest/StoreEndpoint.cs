using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

/// <summary>Sends a message over REST and answers once it is stored, with where: for back ends.</summary>
internal sealed class StoreEndpoint(IIdentity identity, ChatService chat, RequestLimits limits)
{
    public async Task StoreAsync(HttpContext http, string id)
    {
        var conversation = ChatEndpoints.ConversationOf(id);
        var body = await RequestBody.ReadAsync(http);
        limits.SpendSend(http, body.Length);
        var command = RestSend.Parse(body);
        var stored = await chat.EnqueueSendAsync(SenderOf(http, command.SenderId), conversation, command.Message.Body,
            command.Threads.AddTo(command.Message.ToOptions()), http.RequestAborted);
        await RestAnswer.WriteReceiptAsync(http, (await stored).ToReceipt());
    }

    /// <summary>The application need not say in whose name.</summary>
    private Caller SenderOf(HttpContext http, string? named)
    {
        if (named is null && identity.FindProven(http) is { IsApplication: true, IsNobody: true })
            return KeyHolders.ApplicationOf(http, IChat.SystemUser);
        return identity.TryNamed(http, "sender_id", named, out var sender, out var refusal)
            ? sender
            : throw new ChatException(refusal);
    }
}
