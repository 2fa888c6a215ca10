using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;

namespace Chat.Server.Rights;

/// <summary>Who may make a conversation, and with whom.</summary>
internal sealed class CreationCheck(ConversationsOptions options, IBlocks blocks, Admission admission)
{
    /// <summary>To be called behind the time that the conversation gets: what is stored is not later than this
    /// look.</summary>
    /// <exception cref="ChatException">The caller may not.</exception>
    public async Task PassAsync(Caller caller, IReadOnlyList<UserId> participants, CancellationToken ct)
    {
        if (options.AddPolicy == AddPolicy.Backend && !caller.IsByKey)
            throw new ChatException(RoleRules.NotAllowed(ConversationAct.CreateGroup));
        await blocks.RefuseAsync(caller, participants, ct);
        if (await admission.CheckAsync(caller, ct) is { } refusal) throw new ChatException(refusal);
    }
}
