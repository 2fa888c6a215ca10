using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>Does what another store does. Doubles that differ in a few calls override those.</summary>
internal abstract class ForwardingStore(IMessageStore inner) : IMessageStore
{
    public virtual Task<CommitOutcome[]> CommitAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) => inner.CommitAsync(drafts, at, ct);

    public virtual Task<CommitOutcome[]> ReactAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) => inner.ReactAsync(drafts, at, ct);

    public virtual Task<HashSet<ConversationId>> FindLockedAsync(
        IReadOnlyCollection<Draft> drafts, CancellationToken ct) => inner.FindLockedAsync(drafts, ct);

    public Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<Draft> drafts, CancellationToken ct) =>
        inner.ResolveAsync(drafts, ct);

    public Task<List<ConversationEntry>> ReadAfterAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct) =>
        inner.ReadAfterAsync(conversation, after, limit, ct);

    public Task<LogStretches> ReadAfterAsync(
        IReadOnlyList<LogPlace> places, PageLimit limit, CancellationToken ct) =>
        inner.ReadAfterAsync(places, limit, ct);

    public Task<List<ConversationEntry>> ReadBeforeAsync(
        ConversationId conversation, long before, PageLimit limit, CancellationToken ct) =>
        inner.ReadBeforeAsync(conversation, before, limit, ct);

    public Task<MessagePage> ReadMessagesAsync(
        ConversationId conversation, MessageQuery query, PageLimit limit, CancellationToken ct) =>
        inner.ReadMessagesAsync(conversation, query, limit, ct);

    public virtual Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct) =>
        inner.FindAccessAsync(whose, ct);

    public Task<List<ConversationEntry>> ReadMessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct) =>
        inner.ReadMessageAsync(conversation, sequence, ct);

    public Task<List<ConversationEntry>> ReadVersionsAsync(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit, CancellationToken ct) =>
        inner.ReadVersionsAsync(conversation, sequence, after, upTo, limit, ct);

    public virtual Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) =>
        inner.ReadHeadsAsync(conversations, ct);
}
