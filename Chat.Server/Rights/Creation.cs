using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.Persistence;

namespace Chat.Server.Rights;

/// <summary>Makes conversations.</summary>
internal sealed class Creation(
    ConversationStore conversations, ListChanges lists, CreationCheck check, TimeProvider time)
{
    /// <param name="caller">The creator, who takes part and owns a group; nobody on the REST surface, which names
    /// none.</param>
    /// <param name="command">What to create.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<ConversationSummary> CreateAsync(
        Caller caller, CreateConversation? command, CancellationToken ct)
    {
        var owner = caller.IsNobody ? (UserId?)null : caller.Id;
        var (created, kind) = ConversationDraft.Create(owner, command, time.GetUtcNow());
        await check.PassAsync(caller, created, kind, ct);
        var summary = await conversations.CreateAsync(caller.Tenant, created, kind, hasOwner: owner is not null, ct);
        if (summary.Id == created.ConversationId) lists.Note(summary.Id); // else it already existed
        return summary;
    }
}
