using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>A message to be stored.</summary>
internal static class MessageDraft
{
    /// <exception cref="ChatException">The message is not as <see cref="MessageRules"/> allow.</exception>
    public static CheckedMessage Check(string? body, SendOptions? options)
    {
        ChatException.ThrowIf(MessageRules.Check(body, options, out var message));
        return message;
    }

    /// <exception cref="ChatException">The message is not as <see cref="MessageRules"/> allow.</exception>
    public static Draft Create(
        UserId sender, ConversationId conversation, string? body, SendOptions? options, DateTimeOffset now) =>
        new(MessageId.New(now), conversation, sender, EntryContent.Message(Check(body, options)));
}
