using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Benchmarks.Load;

/// <summary>Conversations that are made without a server.</summary>
internal static class StoredConversations
{
    /// <summary>So many groups of two users.</summary>
    public static async Task<List<ConversationId>> MakeAsync(StoreHost stores, int count)
    {
        var made = new List<ConversationId>();
        for (var i = 0; i < count; i++)
        {
            var created = Drafts.Created("ann", "ben");
            await stores.Conversations.CreateAsync(
                Tenant.Default, created, ConversationKind.Group, hasOwner: true, CancellationToken.None);
            made.Add(created.ConversationId);
        }
        return made;
    }
}
