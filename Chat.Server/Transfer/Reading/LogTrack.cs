using Chat.Server.Persistence.Entries;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer.Reading;

/// <summary>Follows the log of one conversation, entry by entry: that it has no hole, that its times do not fall
/// (retention finds what is old by bisection), and the links between shown entries, as an append makes them.</summary>
internal sealed class LogTrack(ConversationLine conversation)
{
    private ShownLinks _links;

    public ConversationLine Conversation => conversation;

    /// <returns>The last shown entry before it; null: the one directly before.</returns>
    /// <exception cref="TransferException">The entry is not the next one.</exception>
    public long? Next(EntryLine line, long number, bool isShown)
    {
        var entry = line.Entry;
        if (entry.ConversationId != conversation.Id)
            throw TransferException.At(number, $"the entry is of the conversation {entry.ConversationId}, and stands "
                + $"in {conversation.Id}");
        if (entry.Sequence != _links.Last + 1)
            throw TransferException.At(number, $"the entry has the sequence {entry.Sequence}, where {_links.Last + 1} "
                + "is the next one");
        if (entry.CreatedAt < _links.LastAt)
            throw TransferException.At(number, $"the entry {entry.Sequence} is older than the one before it; times "
                + "must not fall in a log");
        return _links.Add(entry.Sequence, entry.CreatedAt, isShown);
    }

    /// <param name="number">The line behind it.</param>
    /// <exception cref="TransferException">Entries are missing.</exception>
    public LogEnd End(long number) => _links.Last == conversation.LastSequence
        ? new LogEnd(conversation.Id, _links)
        : throw TransferException.At(number, $"the conversation {conversation.Id} must have "
            + $"{conversation.LastSequence} entries, and has {_links.Last}");
}
