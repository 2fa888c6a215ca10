using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>Who may make a conversation, and with whom.</summary>
internal sealed class CreationCheck(
    ConversationsOptions options, IBlocks blocks, Admission admission, IPolicies policies)
{
    /// <summary>To be called behind the time that the conversation gets: what is stored is not later than this
    /// look.</summary>
    /// <exception cref="ChatException">The caller may not.</exception>
    public async Task PassAsync(
        Caller caller, ConversationCreatedEntry created, ConversationKind kind, CancellationToken ct)
    {
        if (options.AddPolicy == AddPolicy.Backend && !caller.IsByKey)
            throw new ChatException(RoleRules.NotAllowed(ConversationAct.CreateGroup));
        await blocks.RefuseAsync(caller, created.ParticipantIds, ct);
        if (!caller.IsApplication) await policies.JudgeAsync(DraftOf(caller, created, kind), ct);
        if (await admission.CheckAsync(caller, ct) is { } refusal) throw new ChatException(refusal);
    }

    private static Draft DraftOf(Caller caller, ConversationCreatedEntry created, ConversationKind kind) =>
        new(created.Id, created.ConversationId, created.SenderId, EntryContent.Of(created))
        {
            By = caller, Makes = kind,
        };
}
