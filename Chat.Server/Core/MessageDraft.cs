using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.Server.Core;

/// <summary>A message on its way into the log.</summary>
internal static class MessageDraft
{
    /// <exception cref="ChatException">The message is not as <see cref="MessageRules"/> allow.</exception>
    public static MessageEntry Create(UserId sender, ConversationId conversation, string? body, SendOptions? options, DateTimeOffset now)
    {
        ChatException.ThrowIf(MessageRules.Check(body, options, out var message));
        return new MessageEntry
        {
            Id = MessageId.New(now), ConversationId = conversation, Sequence = 0, SenderId = sender, CreatedAt = now, Body = message.Body,
            MsgType = message.MsgType, AttachmentUrl = message.AttachmentUrl, AttachmentMeta = message.AttachmentMeta, DedupeKey = message.DedupeKey,
        };
    }
}
