using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;


namespace Chat.Server.Core;

/// <summary>One public method for each thing a user can do. Every transport calls it; every rule is behind it.</summary>
/// <remarks>A refusal is a <see cref="ChatException"/>.</remarks>
internal sealed class ChatService
{
    /// <summary>Checks and enqueues a message. The first stage ends when its place in the order is fixed, the second when it is durable.</summary>
    public ValueTask<Task<Appended>> EnqueueSendAsync(UserId caller, ConversationId conversation, string? body, SendOptions? options, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Both stages in one.</summary>
    public Task<Appended> SendAsync(UserId caller, ConversationId conversation, string? body, SendOptions? options, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Refuses unless the caller may read the conversation.</summary>
    public ValueTask AuthorizeReadAsync(UserId caller, ConversationId conversation, CancellationToken ct) => throw new NotSupportedException();

    /// <param name="caller">The creator; null on the REST surface, which names none.</param>
    public Task<ConversationSummary> CreateConversationAsync(UserId? caller, CreateConversation command, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConversationSummary>> ConversationsAsync(UserId caller, CancellationToken ct) => throw new NotSupportedException();

    public Task<HistoryPage> HistoryAsync(UserId caller, ConversationId conversation, HistoryQuery? query, CancellationToken ct) => throw new NotSupportedException();

    public Task AddParticipantsAsync(UserId caller, ConversationId conversation, IReadOnlyList<UserId> participants, CancellationToken ct) => throw new NotSupportedException();

    public Task RemoveParticipantAsync(UserId caller, ConversationId conversation, UserId participant, CancellationToken ct) => throw new NotSupportedException();

    public Task MarkReadAsync(UserId caller, ConversationId conversation, long sequence, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>An append that is durable: the entry as it is stored, and whether it had been stored before.</summary>
internal readonly record struct Appended(ConversationEntry Entry, bool Duplicate);
