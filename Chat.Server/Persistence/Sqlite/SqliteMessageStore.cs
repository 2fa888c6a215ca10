using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The log on SQLite.</summary>
internal sealed class SqliteMessageStore(SqliteConnections connections) : IMessageStore
{
    /// <summary>Revocations are in this process: the caller knows all of them.</summary>
    public Task<CommitOutcome[]> CommitAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) =>
        drafts.Count == 0 ? Task.FromResult<CommitOutcome[]>([])
            : connections.WriteAsync(writer => writer.Messages.Commit(drafts, at.Now), ct);

    /// <summary>There is one lock for all that is written.</summary>
    public Task<CommitOutcome[]> ReactAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) =>
        CommitAsync(drafts, at, ct);

    /// <summary>None: SQLite locks the whole file, and a commit waits for that.</summary>
    public Task<HashSet<ConversationId>> FindLockedAsync(IReadOnlyCollection<Draft> drafts, CancellationToken ct) =>
        Task.FromResult<HashSet<ConversationId>>([]);

    public Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<Draft> drafts, CancellationToken ct) =>
        drafts.Count == 0 ? Task.FromResult<CommitOutcome?[]>([])
            : connections.WriteAsync(writer => writer.Messages.Find(drafts), ct);

    public Task<List<ConversationEntry>> ReadAfterAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct) =>
        limit.Entries <= 0
            ? Task.FromResult<List<ConversationEntry>>([])
            : connections.ReadAsync(reader => reader.ReadAfter(conversation, after, limit), ct);

    public Task<LogStretches> ReadAfterAsync(
        IReadOnlyList<LogPlace> places, PageLimit limit, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.ReadAfter(places, limit), ct);

    public Task<List<ConversationEntry>> ReadBeforeAsync(
        ConversationId conversation, long before, PageLimit limit, CancellationToken ct) =>
        limit.Entries <= 0
            ? Task.FromResult<List<ConversationEntry>>([])
            : connections.ReadAsync(reader => reader.ReadBefore(conversation, before, limit), ct);

    public Task<MessagePage> ReadMessagesAsync(
        ConversationId conversation, MessageQuery query, PageLimit limit, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.ReadMessages(conversation, query, limit), ct);

    public Task<List<ConversationEntry>> ReadMessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.Versions.ReadMessage(conversation, sequence), ct);

    public Task<List<ConversationEntry>> ReadVersionsAsync(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.Versions.Read(conversation, sequence, after, upTo, limit), ct);

    public Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.ReadHeads(conversations), ct);

    public Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct) =>
        connections.ReadAsync(reader => reader.FindAccess(whose), ct);
}
