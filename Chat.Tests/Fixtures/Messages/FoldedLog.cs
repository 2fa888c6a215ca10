using Chat.Contracts.Entries;
using Chat.Contracts.Events;

namespace Chat.Tests.Fixtures.Messages;

/// <summary>What all messages of a log are after its entries, said as plainly as possible: what servers, tables and
/// clients are compared with.</summary>
/// <remarks>Entries come in the order of the log, each once. It may begin with a page of a view in place of the entries
/// up to that page's head.</remarks>
internal sealed class FoldedLog
{
    private readonly SortedDictionary<long, FoldedMessage> _messages = [];
    private readonly Func<long, MessageEntry?> _find;

    /// <param name="find">Gives a message that is not among those of a page, as a client asks the server for it: only
    /// so it learns whose thread a deleted reply was in. Null: there is no other.</param>
    public FoldedLog(Func<long, MessageEntry?>? find = null) => _find = find ?? (_ => null);

    /// <summary>Ascending.</summary>
    public IEnumerable<FoldedMessage> Messages => _messages.Values;

    public FoldedMessage this[long sequence] => _messages[sequence];

    public static FoldedLog Of(IEnumerable<ConversationEntry> log)
    {
        var folded = new FoldedLog();
        foreach (var entry in log) folded.Add(entry);
        return folded;
    }

    public void Add(ConversationEntry entry)
    {
        switch (entry)
        {
            case MessageEntry message:
                _messages[message.Sequence] = new FoldedMessage(message, message.Sequence)
                {
                    IsDeleted = message.Erased,
                };
                Change(message.Thread, first => first with { Replies = first.Replies + 1, LastReply = entry.Sequence });
                break;
            case MessageEditedEntry edit:
                Change(edit.TargetSequence, one => one.IsDeleted
                    ? one with { Version = edit.Sequence }
                    : one with { Message = MessageFold.Of(one.Message, edit), Version = edit.Sequence });
                break;
            case MessageDeletedEntry deletion:
                var thread = (_messages.GetValueOrDefault(deletion.TargetSequence)?.Message
                    ?? _find(deletion.TargetSequence))?.Thread;
                Change(deletion.TargetSequence, one => one with
                {
                    Message = MessageFold.Of(one.Message, deletion), Version = deletion.Sequence, IsDeleted = true,
                    IsPinned = false, Counts = [],
                });
                Change(thread, first => first with { Replies = first.Replies - 1 });
                break;
            case ReactionsChangedEntry told:
                Change(told.TargetSequence, one => one with { Counts = told.Counts });
                break;
            case PinnedEntry pinned:
                Change(pinned.TargetSequence, one => one with { IsPinned = true });
                break;
            case UnpinnedEntry unpinned:
                Change(unpinned.TargetSequence, one => one with { IsPinned = false });
                break;
        }
    }

    /// <summary>The messages of a page as its block <c>current</c> has them.</summary>
    public void Add(HistoryPage page)
    {
        var current = page.Current!.ToDictionary(one => one.Sequence);
        foreach (var message in page.Entries.OfType<MessageEntry>())
            _messages[message.Sequence] = current.TryGetValue(message.Sequence, out var one)
                ? Of(message, one)
                : new FoldedMessage(message, message.Sequence);
    }

    private static FoldedMessage Of(MessageEntry message, CurrentMessage current) => new(
        current.Deleted ? (MessageEntry)Erasure.Of(message)
            : current.Version == current.Sequence ? message
            : message with
            {
                Body = current.Body, AttachmentUrl = current.AttachmentUrl, AttachmentMeta = current.AttachmentMeta,
                Attachments = current.Attachments, Mentions = current.Mentions,
            },
        current.Version)
    {
        IsDeleted = current.Deleted, IsPinned = current.Pinned, Replies = current.Replies?.Count ?? 0,
        LastReply = current.Replies?.LastSequence ?? 0, Counts = current.Counts,
    };

    private void Change(long? sequence, Func<FoldedMessage, FoldedMessage> change)
    {
        if (sequence is { } at && _messages.TryGetValue(at, out var one)) _messages[at] = change(one);
    }
}
