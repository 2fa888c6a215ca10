using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>What is to become an entry. Its place in the log and its time are given to it by the commit.</summary>
internal sealed record Draft(MessageId Id, ConversationId ConversationId, UserId SenderId, EntryContent Content)
{
    /// <summary>Its own object, the caller's and what is short.</summary>
    private const int WaitingBytes = 1_024;

    /// <summary>The sender's right to write was read when the log reached so far. The commit asks again where a
    /// participant was removed since. Not set: the server itself writes.</summary>
    public long AsOf { get; init; } = long.MaxValue;

    /// <summary>The bytes that it holds in memory while it waits, about.</summary>
    public long Weight => WaitingBytes + sizeof(char) * (
        (long)Content.Text.Length + (Content.AttachmentUrl?.Length ?? 0) + (Content.AttachmentMeta?.Length ?? 0)
        + (Content.Payload?.ParticipantIds?.Sum(user => user.Value.Length + 16) ?? 0));

    /// <summary>The entry that it became; of a duplicate, with the place, time and id of the one that was stored
    /// before.</summary>
    public ConversationEntry ToEntry(in CommitOutcome stored) =>
        Content.ToEntry(new EntryHeader(stored.Id, ConversationId, stored.Sequence, SenderId, stored.CreatedAt));
}
