using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.Webhooks.Store;

namespace Chat.Server.Webhooks;

/// <summary>Knows the conversations that were told of lately.</summary>
internal sealed class WebhookConversations(WebhookStore store)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<ConversationId, WebhookConversation> _known = new();

    /// <summary>Null: there is none.</summary>
    public async ValueTask<WebhookConversation?> FindAsync(ConversationId conversation, CancellationToken ct)
    {
        if (_known.TryGetValue(conversation, out var known)) return known;
        if (await store.FindConversationAsync(conversation, ct) is not { } found) return null;
        if (_known.Count >= Most) _known.Clear(); // they are found again
        _known.TryAdd(conversation, found);
        return found;
    }
}
