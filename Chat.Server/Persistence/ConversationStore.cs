using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Core.Conversations;

namespace Chat.Server.Persistence;

/// <summary>Conversations and who takes part in them, through EF Core. Failures are <see cref="StoreException"/>.</summary>
internal sealed class ConversationStore
{
    /// <summary>What the user may do there; null when there is no such conversation.</summary>
    public Task<ConversationAccess?> FindAccessAsync(ConversationId conversation, UserId user, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Stores a new conversation with its participants and its first entry in one transaction.</summary>
    /// <param name="created">The first entry, complete with sequence 1; its sender is the owner where <paramref name="hasOwner"/> says so.</param>
    /// <param name="kind">Group or direct. A direct conversation that the same two users have already is returned instead, unchanged.</param>
    /// <param name="hasOwner">False when nobody in particular made it (the REST surface names no creator).</param>
    public Task<ConversationSummary> CreateAsync(ConversationCreatedEntry created, ConversationKind kind, bool hasOwner, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The user's conversations and the lobby, most recently active first, with newest entry and read position. Blocked ones are left out.</summary>
    public Task<IReadOnlyList<ConversationSummary>> ListAsync(UserId user, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Which of these users are participants already (in whatever role).</summary>
    public Task<IReadOnlySet<UserId>> FindParticipantsAsync(ConversationId conversation, IReadOnlyCollection<UserId> users, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Moves the user's read position forward to <paramref name="sequence"/>, at most to the newest entry; never back.</summary>
    public Task MarkReadAsync(ConversationId conversation, UserId user, long sequence, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Messages only (no other kinds), newest first, leaving out the first <paramref name="offset"/>; or by position when before/after is given.</summary>
    public Task<List<MessageEntry>> ReadMessagesAsync(ConversationId conversation, long? before, long? after, int offset, int limit, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Whether there is such a conversation.</summary>
    public Task<bool> ExistsAsync(ConversationId conversation, CancellationToken ct) => throw new NotSupportedException();
}
