using Chat.ClientSdk;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace SdkSnippets;

/// <summary>The code of docs/sdk.md about sending, so that it compiles. A test compares the two.</summary>
internal static class SendingSnippets
{
    public static async Task<SendReceipt> SendAsync(ChatClient chat, ConversationId room)
    {
        var receipt = await chat.SendAsync(room, "Deploying now");      // ends with the receipt: the message is durable
        var pending = chat.Enqueue(room, "Deploying now");               // does not wait: show it at once
        // everything accepted so far is sent or has failed
        await chat.FlushAsync();
        Console.WriteLine(pending.State);
        return receipt;
    }
}
