using Chat.Contracts.Entries;
using Chat.Server;
using Microsoft.EntityFrameworkCore;

namespace EmbeddedChat;

/// <summary>Keeps the newest message of each order beside the order. Shown every message after its commit, some of them
/// twice: what is older than what is known changes nothing.</summary>
internal sealed class LastWords(ShopContext db) : IChatObserver
{
    public async Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        foreach (var message in entries.OfType<MessageEntry>())
            await db.Orders
                .Where(order => order.Conversation == message.ConversationId.Value
                    && order.LastSequence < message.Sequence)
                .ExecuteUpdateAsync(order => order
                    .SetProperty(o => o.LastSequence, message.Sequence)
                    .SetProperty(o => o.LastWords, message.Body), ct);
    }
}
