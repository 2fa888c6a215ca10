using Chat.Contracts.Events;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Sending;

/// <summary>The call of the server that stores what an outbox has.</summary>
internal static class MessageCall
{
    /// <summary>The hub call is made before this returns, so calls keep their order.</summary>
    /// <exception cref="ChatRefusedException">It violates the rules: it may come from a store, or be tried again, and
    /// what the server cannot read would end the connection.</exception>
    public static Task<SendReceipt> Make(IChatHub hub, PendingMessage message)
    {
        var (conversation, key) = (message.Conversation, message.Key);
        var sent = MessageCheck.AsSent(message.Stored);
        return sent.Change switch
        {
            MessageEdit { TargetSequence: { } target, Command: var command } =>
                hub.EditMessage(conversation, target, command with { DedupeKey = key }),
            MessageDeletion { TargetSequence: { } target, Command: var command } =>
                hub.DeleteMessage(conversation, target, command with { DedupeKey = key }),
            MessageReactions { TargetSequence: { } target, Keys: var keys } =>
                ReceiptAsync(message, hub.SetReactions(conversation, target, keys)),
            _ => hub.Send(conversation, sent.Body, sent.Options),
        };
    }

    /// <summary>Reactions have no entry of their own: one tells those of several users.</summary>
    private static async Task<SendReceipt> ReceiptAsync(PendingMessage message, Task<ReactionReceipt> answer)
    {
        var receipt = await answer.ConfigureAwait(false);
        message.ReactionReceipt = receipt; // before it counts as sent
        return new SendReceipt(default, receipt.Sequence ?? 0, receipt.CreatedAt, receipt.Duplicate);
    }
}
