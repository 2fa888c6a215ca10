using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.Persistence.Entries;

namespace Chat.Tests.Fixtures;

/// <summary>Stores the entries of erasures without lanes.</summary>
internal sealed class StoredErasures(StoreHost host) : IErasureEntries
{
    /// <summary>Entries may not be stored now.</summary>
    public ChatException? Refusal { get; init; }

    /// <summary>In place of storing an entry.</summary>
    public Exception? Failure { get; init; }

    public Task DemandAsync(CancellationToken ct) => Refusal is null ? Task.CompletedTask : throw Refusal;

    public Task AppendAsync(ErasureOrder order, IReadOnlyList<ErasedPart> parts, CancellationToken ct) =>
        Failure is not null ? throw Failure : host.Messages.CommitAsync(
            [new Draft(MessageId.New(Drafts.Noon), order.ConversationId, ErasureOrder.Sender,
                EntryContent.ContentErased(order.Through, order.User, order.Name)) { ErasedParts = parts }],
            Drafts.Noon, ct);
}
