using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Micro;

/// <summary>A message of 200 characters, as the load scenarios send.</summary>
internal static class MicroMessage
{
    private static readonly string Body = string.Create(200, 0, static (text, _) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
        text[^1] = '.';
    });

    public static MessageEntry Create(UserId sender, ConversationId conversation, long sequence)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MessageEntry
        {
            Id = MessageId.New(now), ConversationId = conversation, Sequence = sequence, SenderId = sender,
            CreatedAt = now, Body = Body
        };
    }
}
