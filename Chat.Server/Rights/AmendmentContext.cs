using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>What changes of messages need beside the log.</summary>
internal sealed record AmendmentContext(
    MessagesOptions Options, NewKinds Kinds, References References, TimeProvider Time)
{
    /// <summary>A draft of an entry that changes a message.</summary>
    /// <exception cref="ChatException">Such entries may not be written now.</exception>
    public async Task<Draft> DraftAsync(
        Caller caller, ConversationId conversation, EntryContent content, CancellationToken ct) =>
        new(MessageId.New(Time.GetUtcNow()), conversation, caller.Id, content)
        {
            By = caller, NeedsLevel = await Kinds.DemandAsync(ct),
        };
}
