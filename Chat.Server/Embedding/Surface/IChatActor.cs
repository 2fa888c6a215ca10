using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Server;

/// <summary>What can be done in the chat, on behalf of a user or as the application (<see cref="IChat"/>).</summary>
/// <remarks>Every method may throw <see cref="ChatRefusalException"/>: its <see cref="ChatRefusalException.Error"/>
/// says what was wrong and what is allowed. A call that ends well is durable, and everybody is shown it.</remarks>
public interface IChatActor
{
    /// <summary>Makes a conversation. A user takes part in it and owns a group; the application does not.</summary>
    Task<ConversationSummary> CreateAsync(CreateConversation command, CancellationToken ct = default);

    /// <summary>Changes title and settings. What is null stays.</summary>
    Task ChangeAsync(ConversationId conversation, ChangeConversation command, CancellationToken ct = default);

    /// <summary>Sends a message. With a dedupe key it is stored once, however often it is sent.</summary>
    Task<SendReceipt> SendAsync(
        ConversationId conversation, string? body, SendOptions? options = null, CancellationToken ct = default);

    /// <summary>Replaces what a message says. The application does not edit.</summary>
    Task<SendReceipt> EditAsync(
        ConversationId conversation, long sequence, EditMessage command, CancellationToken ct = default);

    /// <summary>Deletes a message for good, with its texts.</summary>
    Task<SendReceipt> DeleteAsync(
        ConversationId conversation, long sequence, DeleteMessage? command = null, CancellationToken ct = default);

    /// <summary>Sets all reactions that the user has to a message. The application does not react.</summary>
    Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversation, long sequence, IReadOnlyList<string> keys, CancellationToken ct = default);

    /// <summary>Pins a message, or takes its pin away.</summary>
    Task<SendReceipt> SetPinnedAsync(
        ConversationId conversation, long sequence, bool isPinned = true, CancellationToken ct = default);

    /// <summary>Adds the users who are not participants yet.</summary>
    Task AddAsync(ConversationId conversation, IReadOnlyList<UserId> users, CancellationToken ct = default);

    /// <summary>Removes a participant. A user who removes itself leaves.</summary>
    Task RemoveAsync(ConversationId conversation, UserId user, CancellationToken ct = default);

    /// <summary>Gives a role; also bans and mutes.</summary>
    Task SetRoleAsync(ConversationId conversation, SetRole command, CancellationToken ct = default);

    /// <summary>A page of the user's conversations, the most recently active first.</summary>
    Task<IReadOnlyList<ConversationSummary>> ListAsync(
        ConversationsQuery? query = null, CancellationToken ct = default);

    /// <summary>A page of who takes part.</summary>
    Task<ParticipantsPage> ParticipantsAsync(
        ConversationId conversation, ParticipantsQuery? query = null, CancellationToken ct = default);

    /// <summary>A page of the log, or of what is shown of it.</summary>
    Task<HistoryPage> HistoryAsync(
        ConversationId conversation, HistoryQuery? query = null, CancellationToken ct = default);

    /// <summary>All entries behind a sequence, ascending, page by page, up to the newest one at that time. What comes
    /// later is for observers.</summary>
    IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversation, long after = 0, CancellationToken ct = default);
}
