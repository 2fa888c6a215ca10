using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Protocol;

/// <summary>What the hub calls on a client.</summary>
/// <remarks>Of each joined conversation every entry comes once and in order: messages as <see cref="MessageReceived"/>, all others as
/// <see cref="EntryReceived"/>. So the sequences of both together have no hole, and the last one seen is where to resume.</remarks>
public interface IChatClient
{
    /// <summary>A message, the client's own included.</summary>
    Task MessageReceived(MessageEntry message);

    /// <summary>An entry that is not a message.</summary>
    Task EntryReceived(ConversationEntry entry);

    /// <summary>The connection no longer sees the conversation, because its user was removed. The entry that removed it came before.</summary>
    Task ConversationClosed(ConversationId conversationId);
}
